import { type Caller, headquarters, mayCall } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Decision } from '../../design-docs/decisions.ts'
import type { Person } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { personId } from '../../design-docs/ids.ts'
import type { Couch } from '../couch/client.ts'
import { moveFacts } from '../disputes/move-facts.ts'
import { writeMove } from '../disputes/write-move.ts'
import { auditDecision } from './audit-decision.ts'
import { decisionFact, type FactDecision } from './decision-fact.ts'
import type { DeskView } from './desk-view.ts'

/**
 * Writes a decision as a fact and answers its id; sending the same decision again writes nothing and answers the same.
 * Each has its line in the log of what organizers did, but what is said in threads.
 * ZK-JUDGE-001: no such check-in or fact. ZK-JUDGE-002: someone else decided meanwhile, with who and what in `figures`.
 */
export async function writeDecision(couch: Couch, decision: Decision, by: Deciding): Promise<string> {
  if (decision.kind === 'move') {
    const moved = await moveFacts(couch, decision, by)
    await writeMove(couch, moved, by.nowMs)
    await auditDecision(couch, { decision, fact: moved.checkin, was: moved.was }, by)
    return moved.checkin._id
  }
  const log = couch.database(databaseName(by.event, 'log'))
  const fact = decisionFact(decision, by.author, by)
  if (await log.get(fact._id)) {
    await auditDecision(couch, { decision, fact, again: true }, by)
    return fact._id
  }
  await refuseDecision(couch, decision, by)
  await log.put(fact)
  await auditDecision(couch, { decision, fact }, by)
  return fact._id
}

export type Deciding = { author: Caller; event: string; view: DeskView; nowMs: number }

/** Throws what speaks against a decision that was not made before. */
export async function refuseDecision(couch: Couch, decision: FactDecision, by: Deciding): Promise<void> {
  const log = couch.database(databaseName(by.event, 'log'))
  const target = decision.kind === 'review' ? decision.checkin : decision.kind === 'void' ? decision.fact : null
  if (target !== null && !(await log.get(target))) throw new AppError('ZK-JUDGE-001', { figures: { target } })
  if (decision.kind === 'review') refuseBlindOverruling(decision, by)
  if (decision.kind === 'notice') refuseUnknownTeams(decision, by.view)
  if (decision.kind === 'chat' || decision.kind === 'handling') await refuseStrangers(couch, decision, by)
  if (decision.kind === 'adjustment' && decision.points === 0) throw new AppError('ZK-SYS-004')
}

/** A typing error would be told to nobody. */
function refuseUnknownTeams({ audience }: Extract<Decision, { kind: 'notice' }>, view: DeskView): void {
  const unknown = audience.teams?.find((number) => !view.teams.has(number))
  if (unknown) throw new AppError('ZK-PLAN-004', { figures: { team: unknown } })
}

/** Nobody would read what is said to a team that is none, nor take up what is given to someone who cannot see it. */
async function refuseStrangers(
  couch: Couch,
  decision: Extract<Decision, { kind: 'chat' | 'handling' }>,
  { author, event, view }: { author: Caller; event: string; view: DeskView },
): Promise<void> {
  const { team } = decision
  if (!view.teams.has(team)) throw new AppError('ZK-PLAN-004', { figures: { team } })
  const to = decision.kind === 'handling' ? (decision.to ?? author.account) : author.account
  if (to === author.account) return
  const person = (await couch.database(databaseName(event, 'desk')).get(personId(to))) as Person | null
  if (!person || !mayCall(headquarters, [person.role])) throw new AppError('ZK-PLAN-004', { figures: { to } })
}

/** A judge may overrule another, but not without having seen the other's decision. */
function refuseBlindOverruling(
  decision: Extract<Decision, { kind: 'review' }>,
  { author, view }: { author: Caller; view: DeskView },
): void {
  const verdict = view.verdicts.get(decision.checkin)
  if (verdict?.reviewedAt === undefined || verdict.reviewedBy === author.account) return
  if (decision.seenReviewedAt === verdict.reviewedAt) return
  const { reviewedBy, reviewedAt, status, comment } = verdict
  throw new AppError('ZK-JUDGE-002', { figures: { reviewedBy, reviewedAt, status, comment } })
}
