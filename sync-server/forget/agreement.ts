import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import {
  type Forgetting,
  forgetting,
  forgettingId,
  type RetentionState,
  warnAheadMs,
} from '../../design-docs/forgetting.ts'
import { type EventDoc, event as eventSchema } from '../../design-docs/plan.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, writeAudit } from '../login/office.ts'

type Standing = { plan: EventDoc; doc: Forgetting | null; agreed: { by: string; at: number } | null }

/** What the plan says about the end of an event's data, and whether somebody agreed to just that. */
export async function standingOf(it: Pick<Installation, 'couch' | 'office'>, event: string): Promise<Standing> {
  const [plan, doc] = await Promise.all([
    it.couch.database(databaseName(event, 'desk')).get('event'),
    readDoc(it.office, forgettingId(event), forgetting),
  ])
  if (!plan) throw new AppError('ZK-PLAN-004', { figures: { event } })
  const parsed = eventSchema.parse(plan)
  const holds = doc?.agreed !== undefined && doc.agreed.retention === parsed.retention
  return { plan: parsed, doc, agreed: holds && doc.agreed ? { by: doc.agreed.by, at: doc.agreed.at } : null }
}

/** In one word, for a screen that tells admins in time. */
export function stateOf({ plan: { retention }, agreed }: Standing, nowMs: number): RetentionState {
  if (retention === undefined) return { retention: null, state: 'none' }
  if (agreed) return { retention, state: 'agreed' }
  if (nowMs >= retention) return { retention, state: 'due' }
  return { retention, state: nowMs >= retention - warnAheadMs ? 'soon' : 'later' }
}

type Wanted = { event: string; code: string; retention: number; by: string }

/** An admin agrees that everything goes at the date of the plan, which they saw, by typing the event's code. */
export async function agree(it: Installation, { event, code, retention, by }: Wanted): Promise<void> {
  const { plan } = await standingOf(it, event)
  if (code.trim() !== event) {
    throw new AppError('ZK-PLAN-002', { figures: { fields: [{ field: 'code', problem: 'another' }] } })
  }
  if (plan.retention !== retention) throw new AppError('ZK-PLAN-001', { figures: { theirs: plan } })
  const now = it.now()
  await amendForgetting(it, event, (doc) => ({ ...doc, agreed: { by, at: now, retention } }))
  await writeAudit(it.office, now, { by, action: 'forget-agreed', about: event, event, details: { retention } })
}

/** Nothing goes by itself any more. What has begun cannot be held up: the doors are closed by then. */
export async function withdraw(it: Installation, { event, by }: Pick<Wanted, 'event' | 'by'>): Promise<void> {
  await amendForgetting(it, event, ({ agreed, ...doc }) => doc)
  await writeAudit(it.office, it.now(), { by, action: 'forget-withdrawn', about: event, event })
}

export async function amendForgetting(
  it: Pick<Installation, 'office'>,
  event: string,
  change: (doc: Forgetting) => Forgetting,
): Promise<void> {
  const _id = forgettingId(event)
  await amendDoc(it.office, _id, {
    schema: forgetting,
    change: (found) => change(found ?? { _id, type: 'forgetting', event }),
  })
}
