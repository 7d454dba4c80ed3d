import type { Http } from './http.ts'
import type { KeyValue } from './ports.ts'

export const keysUnder = 'zekken:jwks'

/** Keeps the server's public keys from the day of the sign-in, so that an order to wipe can be told from a forgery. */
export async function keepServerKeys(http: Http, keyValue: KeyValue): Promise<void> {
  const answer = await http('/.well-known/jwks.json')
  if (answer.kind === 'ok') keyValue.set(keysUnder, JSON.stringify(answer.body))
}

/** The server may have taken a new key since the sign-in: a token by one that is not kept says so. */
export async function followServerKeys(http: Http, keyValue: KeyValue, token: string): Promise<void> {
  const kid = kidOf(token)
  if (kid !== null && !keyValue.get(keysUnder)?.includes(`"${kid}"`)) await keepServerKeys(http, keyValue)
}

function kidOf(token: string): string | null {
  try {
    const [header = ''] = token.split('.')
    const { kid } = JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/'))) as { kid?: unknown }
    return typeof kid === 'string' ? kid : null
  } catch {
    // Not in the shape of our tokens: it names no key.
    return null
  }
}
