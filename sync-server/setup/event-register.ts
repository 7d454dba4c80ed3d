import { office } from '../../design-docs/databases.ts'
import type { Couch } from '../couch/client.ts'

/** An event of this installation as listed in `zk-office`, under `event:<code>`. */
export type RegisteredEvent = { code: string; createdAt: number }

const listed = (code: string) => `event:${code}`

/** Lists the event for the runner and for sign-in; a second listing changes nothing. */
export async function registerEvent(couch: Couch, event: RegisteredEvent): Promise<void> {
  await couch.database(office).put({ _id: listed(event.code), type: 'registered-event', ...event })
}

/** Takes an event off the list: nobody works on it any more, and nobody signs in. */
export async function unlistEvent(couch: Couch, code: string): Promise<void> {
  const doc = await couch.database(office).get(listed(code))
  // Changed meanwhile, it is taken off in the next round.
  if (doc) await couch.database(office).bulk([{ _id: doc._id, _rev: doc._rev, _deleted: true }])
}

/** Whether there is such an event here. */
export async function isRegistered(couch: Couch, code: string): Promise<boolean> {
  return (await couch.database(office).get(listed(code))) !== null
}

/** All events of this installation, by code. */
export async function registeredEvents(couch: Couch): Promise<RegisteredEvent[]> {
  const rows = await couch.database(office).all({ startkey: 'event:', endkey: 'event;', includeDocs: true })
  return rows.flatMap(({ doc }) => (doc ? [{ code: String(doc.code), createdAt: Number(doc.createdAt) }] : []))
}
