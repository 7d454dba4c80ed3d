import type { EventData } from './event-data.ts'
import type { Http } from './http.ts'
import type { KeyValue } from './ports.ts'
import { keysUnder } from './server-keys.ts'

/** With previews some megabytes at most. */
const factsAtOnce = 300

/** Whether the server itself ordered this device to wipe: a compact JWS, ES256, `{ device, order: 'wipe' }`. */
export async function isRemovalOrder(order: string, device: string, keyValue: KeyValue): Promise<boolean> {
  return await isOrder(order, { device, order: 'wipe' }, keyValue)
}

/**
 * Whether the server itself said that this event is forgotten, `{ event, order: 'forget' }`: it wants nothing of it any
 * more. One that names a device, since its team is forgotten, is an order to that one alone.
 */
export async function isForgetOrder(
  order: string,
  { event, device }: { event: string; device?: string },
  keyValue: KeyValue,
): Promise<boolean> {
  const named = decode(order.split('.')[1] ?? '').device
  if (named !== undefined && named !== device) return false
  return await isOrder(order, { event, order: 'forget' }, keyValue)
}

async function isOrder(order: string, wanted: Record<string, string>, keyValue: KeyValue): Promise<boolean> {
  const [header, payload, signature] = order.split('.')
  if (!header || !payload || !signature) return false
  const { alg, kid } = decode(header)
  const claim = decode(payload)
  if (alg !== 'ES256' || Object.entries(wanted).some(([name, value]) => claim[name] !== value)) return false
  const { keys = [] } = JSON.parse(keyValue.get(keysUnder) ?? '{}') as { keys?: (JsonWebKey & { kid?: string })[] }
  const jwk = keys.find((key) => key.kid === kid)
  if (!jwk) return false
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const { kty = 'EC', crv = 'P-256', x = '', y = '' } = jwk
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify'])
  return crypto.subtle.verify(algorithm, key, bytesOf(signature), new TextEncoder().encode(`${header}.${payload}`))
}

/**
 * Hands what the server has not confirmed to its quarantine; false when it did not arrive, and nothing may be wiped. The
 * server names each thing that it keeps, as a fact or as something it cannot read.
 */
export async function handOver(http: Http, order: string, data: EventData): Promise<boolean> {
  const give = async (json: object, ids: readonly string[]) => {
    const answer = await http('/api/quarantine', { method: 'POST', json: { order, ...json } })
    const named = answer.kind === 'ok' ? namedIn(answer.body) : null
    return named !== null && ids.every((id) => named.has(id))
  }
  const unsent = [...data.outbox.facts.value.keys()].filter(
    (id) => data.ledger.states.value.get(id)?.state !== 'confirmed',
  )
  for (let i = 0; i === 0 || i < unsent.length; i += factsAtOnce) {
    const facts = await data.outbox.forPush(unsent.slice(i, i + factsAtOnce))
    const ids = facts.map(({ _id }) => _id)
    if (!(await give({ facts }, ids))) return false
  }
  for (const photo of data.cargo.photos.value.keys()) {
    const original = await data.cargo.original(photo)
    if (!original) continue
    const photos = [{ photo, data: base64(await original.arrayBuffer()) }]
    if (!(await give({ photos }, [photo]))) return false
  }
  return true
}

function namedIn(body: unknown): Set<unknown> | null {
  const { kept, unreadable } = (body ?? {}) as { kept?: unknown; unreadable?: { id?: unknown }[] }
  return Array.isArray(kept) && Array.isArray(unreadable) ? new Set([...kept, ...unreadable.map(({ id }) => id)]) : null
}

const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(part))) as Record<string, unknown>
  } catch {
    return {}
  }
}

function base64(bytes: ArrayBuffer): string {
  let binary = ''
  for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte)
  return btoa(binary)
}
