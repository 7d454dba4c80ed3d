import type { Couch } from '../couch/client.ts'
import { registeredEvents } from './event-register.ts'

/** Codes of the events that organizers made; the demo event is nobody's. */
export async function ownEvents(couch: Couch): Promise<string[]> {
  return (await registeredEvents(couch)).map(({ code }) => code).filter((code) => code !== 'demo')
}
