import { createHash } from 'node:crypto'
import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type FactOf, review as reviewSchema } from '../../design-docs/facts.ts'
import { ulid, ulidTime } from '../../design-docs/ids.ts'
import type { ConfirmCheckinRequest } from '../../design-docs/kept.ts'
import { factsAbout } from '../disputes/decided-meanwhile.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { writeDecision } from '../results/write-decision.ts'

/**
 * Decides on a check-in as the console does, and answers the review that holds. The same call again changes nothing;
 * another person's decision is not overruled from here (ZK-JUDGE-002). ZK-JUDGE-001: there is no such check-in.
 */
export async function confirmCheckin(
  deps: Pick<ConsoleDeps, 'couch' | 'desks' | 'now'>,
  asked: ConfirmCheckinRequest,
  author: Caller,
): Promise<FactOf<'review'>> {
  const { couch } = deps
  const { checkin_id: checkin, action, comment } = asked
  const { event } = author
  const { standing, holding } = await factsAbout(couch, event, [{ checkin }])
  if (!standing.has(checkin)) throw new AppError('ZK-JUDGE-001', { figures: { checkin } })
  const holds = holding.get(checkin)
  const isSame = holds?.action === action && (holds.comment ?? '') === (comment ?? '')
  if (holds && isSame) return holds
  if (holds && holds.by !== author.account) {
    const { by: reviewedBy, at: reviewedAt, action: status } = holds
    throw new AppError('ZK-JUDGE-002', { figures: { reviewedBy, reviewedAt, status } })
  }
  // Made of what is decided and of what it replaces, so that a call that was repeated at once ends in one fact.
  const digest = createHash('sha256')
    .update(`${checkin} ${action} ${comment ?? ''} ${holds?._id ?? ''}`)
    .digest()
  const nowMs = deps.now()
  const id = ulid(ulidTime(checkin.slice(checkin.lastIndexOf(':') + 1)), new Uint8Array(digest.subarray(0, 10)))
  const { view } = await deps.desks.of(event)
  const decision = { kind: 'review' as const, id, ageMs: 0, checkin, action, ...(comment && { comment }) }
  const fact = await writeDecision(couch, decision, { author, event, view, nowMs })
  return reviewSchema.parse(await couch.database(databaseName(event, 'log')).get(fact))
}
