import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { AppError, type ErrorCode } from '../../design-docs/errors.ts'
import { type Unreadable, unreadable } from '../../design-docs/kept-aside.ts'
import type { Device } from '../../design-docs/office.ts'
import type { Film } from '../images/film.ts'
import { amendDoc, readDoc, readDocs } from './office.ts'

type Thing = { about: string; code: ErrorCode; kind: Unreadable['kind']; content: Uint8Array }

const unreadableId = (device: string, sha256: string) => `unreadable:${device}:${sha256}`

/** Keeps anything as it came; the same content twice is once. The door has bounded its size. */
export async function keepUnreadable({ it, storage }: Film, from: Device, thing: Thing): Promise<void> {
  const { about, code, kind, content } = thing
  const { event, device } = from
  const sha256 = createHash('sha256').update(content).digest('hex')
  const storageKey = `${event}/quarantine/${device}/${sha256}`
  await storage.put(storageKey, content)
  const _id = unreadableId(device, sha256)
  const fresh: Unreadable = {
    _id,
    type: 'unreadable',
    event,
    device,
    about: about.slice(0, 300),
    kind,
    code,
    bytes: content.length,
    sha256,
    storageKey,
    head: kind === 'record' ? Buffer.from(content).toString('utf8').slice(0, 2000) : '',
    receivedAt: it.now(),
    state: 'waiting',
  }
  await amendDoc(it.office, _id, { schema: unreadable, change: (found) => (found ? null : fresh) })
}

/** Everything of an event that nobody has discarded. */
export async function unreadableOf({ it }: Film, event: string): Promise<Unreadable[]> {
  const all = await readDocs(it.office, 'unreadable', unreadable)
  return all.filter((one) => one.event === event && one.state === 'waiting')
}

/** The thing itself. */
export async function readUnreadable(
  { it, storage }: Film,
  { event, device, sha256 }: { event: string; device: string; sha256: string },
): Promise<Uint8Array> {
  const found = await readDoc(it.office, unreadableId(device, sha256), unreadable)
  const content = found?.event === event ? await storage.get(found.storageKey) : null
  if (!content) throw new AppError('ZK-PLAN-004')
  return content
}

export async function discardUnreadable(film: Film, event: string, device: string): Promise<void> {
  for (const { _id, storageKey } of await unreadableOf(film, event)) {
    if (!_id.startsWith(unreadableId(device, ''))) continue
    await amendDoc(film.it.office, _id, {
      schema: unreadable,
      change: (found): Unreadable | null => found && { ...found, state: 'discarded' },
    })
    await film.storage.delete(storageKey)
  }
}

/** Its JSON; where it is nested too deep for that, what can be said of it. */
export function jsonOf(doc: unknown): Uint8Array {
  try {
    return Buffer.from(JSON.stringify(doc))
  } catch {
    return Buffer.from(inspect(doc, { depth: 50, maxArrayLength: null, maxStringLength: null }))
  }
}
