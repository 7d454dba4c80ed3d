import { databaseName } from '../../design-docs/databases.ts'
import type { EntryForm } from '../../design-docs/entry.ts'
import { type EventDoc, event as eventSchema } from '../../design-docs/plan.ts'
import type { Installation } from '../login/installation.ts'

export type EntryState = 'not-yet' | 'open' | 'closed'
export type EntryPlan = { event: EventDoc; form: EntryForm; state: EntryState }

/** What an event asks of those who enter; null for an event that is not there, not shown yet, or takes no entries. */
export async function entryPlan(it: Installation, code: string): Promise<EntryPlan | null> {
  const doc = await it.couch.database(databaseName(code, 'desk')).get('event')
  const event = doc && eventSchema.parse(doc)
  if (!event?.entryForm || event.phase === 'draft') return null
  return { event, form: event.entryForm, state: stateAt(it.now(), event, event.entryForm) }
}

/** Open from its first instant on, and closed at its last. */
function stateAt(nowMs: number, { phase }: EventDoc, { opensAt = 0, closesAt }: EntryForm): EntryState {
  if (phase === 'closed' || phase === 'published' || (closesAt !== undefined && nowMs >= closesAt)) return 'closed'
  return nowMs < opensAt ? 'not-yet' : 'open'
}
