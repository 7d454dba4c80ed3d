import { databaseName } from '../../design-docs/databases.ts'
import { AppError, type BadField } from '../../design-docs/errors.ts'
import { isTimeZone } from '../../design-docs/is-time-zone.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import { checkpoint as checkpointSchema, event as eventSchema } from '../../design-docs/plan.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import type { Couch } from '../couch/client.ts'
import { planEffect, readHeld } from './plan-effect.ts'

/** The plan as it stands in `desk` at this moment, past any follower. */
export async function readPlan(couch: Couch, event: string): Promise<RulesPlan> {
  const desk = couch.database(databaseName(event, 'desk'))
  const [found, rows] = await Promise.all([
    desk.get('event'),
    desk.all({ startkey: 'checkpoint:', endkey: 'checkpoint;', includeDocs: true }),
  ])
  if (!found) throw new AppError('ZK-PLAN-004', { figures: { event } })
  const checkpoints = rows.flatMap(({ doc }) => (doc ? [checkpointSchema.parse(doc)] : []))
  return {
    event: eventSchema.parse(found),
    checkpoints: new Map(checkpoints.map((checkpoint) => [checkpoint.number, checkpoint])),
  }
}

/**
 * Saves the event. ZK-PLAN-001 with the other version in `figures.theirs` when someone saved meanwhile; ZK-PLAN-002
 * with each bad field; ZK-PLAN-003 when results are frozen and would change.
 */
export async function saveEvent(couch: Couch, asked: EventDoc): Promise<EventDoc> {
  const plan = await readPlan(couch, asked.event)
  const wanted = withStop(asked, plan.event)
  if (wanted._rev !== plan.event._rev) throw new AppError('ZK-PLAN-001', { figures: { theirs: plan.event } })
  refuseBadEvent(wanted)
  await refuseWhileFrozen(couch, plan, { event: wanted })
  const rev = await couch.database(databaseName(wanted.event, 'desk')).put(wanted)
  if (rev === null) {
    const { event: theirs } = await readPlan(couch, wanted.event)
    throw new AppError('ZK-PLAN-001', { figures: { theirs } })
  }
  return { ...wanted, _rev: rev }
}

/** Where the end is set anew, what was planned before somebody stopped the event says nothing any more. */
function withStop(wanted: EventDoc, standing: EventDoc): EventDoc {
  const { plannedEndsAt, ...rest } = wanted
  if (plannedEndsAt === undefined) return wanted
  const isMoved = wanted.endsAt !== standing.endsAt && plannedEndsAt === standing.plannedEndsAt
  return isMoved || wanted.endsAt >= plannedEndsAt ? rest : wanted
}

/** Saves a checkpoint, a new one without `_rev`; its reference photo stays. Errors as for the event. */
export async function saveCheckpoint(couch: Couch, wanted: CheckpointDoc): Promise<CheckpointDoc> {
  const plan = await readPlan(couch, wanted.event)
  const current = plan.checkpoints.get(wanted.number)
  if (current && wanted._rev === undefined) throw new AppError('ZK-PLAN-005', { figures: { number: wanted.number } })
  if (wanted._rev !== current?._rev) throw new AppError('ZK-PLAN-001', { figures: { theirs: current ?? null } })
  await refuseWhileFrozen(couch, plan, { checkpoints: [wanted] })
  const { _attachments, hasReference, ...rest } = wanted
  const kept = {
    ...rest,
    ...(current?.hasReference && { hasReference: true }),
    ...(current?._attachments && { _attachments: current._attachments }),
  }
  const rev = await couch.database(databaseName(wanted.event, 'desk')).put(kept)
  if (rev === null) {
    const theirs = (await readPlan(couch, wanted.event)).checkpoints.get(wanted.number) ?? null
    throw new AppError('ZK-PLAN-001', { figures: { theirs } })
  }
  return { ...kept, _rev: rev }
}

export async function refuseWhileFrozen(
  couch: Couch,
  plan: RulesPlan,
  change: { event?: EventDoc; checkpoints?: CheckpointDoc[] },
): Promise<void> {
  if ((await readHeld(couch, plan.event)).size === 0) return
  const { teams, blocked } = await planEffect(couch, plan, change)
  if (blocked) throw new AppError('ZK-PLAN-003', { figures: { teams: teams.length } })
}

function refuseBadEvent(event: EventDoc): void {
  const fields: BadField[] = []
  if (event.code !== event.event) fields.push({ field: 'code', problem: 'fixed' })
  if (event.endsAt <= event.startsAt) fields.push({ field: 'endsAt', problem: 'before-start' })
  if (event.retention !== undefined && event.retention <= event.endsAt)
    fields.push({ field: 'retention', problem: 'before-start' })
  if (!isTimeZone(event.timeZone)) fields.push({ field: 'timeZone', problem: 'unknown' })
  event.classes.forEach(({ id }, index) => {
    if (event.classes.findIndex((other) => other.id === id) < index)
      fields.push({ field: `classes.${index}.id`, problem: 'twice' })
  })
  if (fields.length > 0) throw new AppError('ZK-PLAN-002', { figures: { fields } })
}
