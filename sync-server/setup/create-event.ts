import { type DatabaseKind, databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { forgottenId } from '../../design-docs/forgetting.ts'
import { checkpointId } from '../../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import { checkpoint as checkpointSchema, event as eventSchema } from '../../design-docs/plan.ts'
import type { Couch } from '../couch/client.ts'
import { ensureDatabase } from '../couch/ensure-database.ts'
import { ensureOffice } from './ensure-office.ts'
import { registerEvent } from './event-register.ts'

export type EventDraft = Omit<EventDoc, '_id' | '_rev' | 'type' | 'event'>
export type CheckpointDraft = Omit<CheckpointDoc, '_id' | '_rev' | 'type' | 'event' | 'hasReference' | '_attachments'>

const sharedKinds: readonly DatabaseKind[] = ['log', 'desk', 'board', 'roster', 'gate', 'figures']

/**
 * Makes an event: its databases, its plan in `desk`, its line in the register of `zk-office`. The register comes last,
 * so a half-made event is worked on by nobody; doing it again finishes it and never overwrites the plan. ZK-PLAN-005 for
 * the code of an event that was forgotten.
 */
export async function createEvent(couch: Couch, draft: EventDraft, options: { now(): number }): Promise<EventDoc> {
  const wanted = eventSchema.parse({ _id: 'event', type: 'event', event: draft.code, ...draft })
  const office = await ensureOffice(couch)
  // Bibs of the one before are still good, and phones may come back with what they kept of it.
  if (await office.get(forgottenId(draft.code))) throw new AppError('ZK-PLAN-005', { figures: { event: draft.code } })
  for (const kind of sharedKinds) await ensureDatabase(couch, draft.code, kind)
  const desk = couch.database(databaseName(draft.code, 'desk'))
  await desk.put(wanted)
  await registerEvent(couch, { code: draft.code, createdAt: options.now() })
  return eventSchema.parse(await desk.get('event'))
}

/** Adds checkpoints that are not there yet; answers the numbers that were taken already. */
export async function addCheckpoints(
  couch: Couch,
  event: string,
  drafts: readonly CheckpointDraft[],
): Promise<string[]> {
  const docs = drafts.map((draft) =>
    checkpointSchema.parse({ _id: checkpointId(draft.number), type: 'checkpoint', event, ...draft }),
  )
  const rows = await couch.database(databaseName(event, 'desk')).bulk(docs)
  return rows.filter((row) => row.error === 'conflict').map((row) => row.id.slice('checkpoint:'.length))
}
