import type { ReviewFilter, ReviewQueue } from '../../design-docs/console.ts'
import type { Verdict, VerdictStatus } from '../../design-docs/derived.ts'
import type { ReviewQuery } from '../../design-docs/disputes.ts'
import type { DeskView } from './desk-view.ts'
import { reviewItemOf } from './review-item.ts'

const shown: Record<ReviewFilter, (verdict: Verdict) => boolean> = {
  PENDING: ({ status }) => status === 'PENDING',
  AUTO_APPROVED: ({ status }) => status === 'AUTO_APPROVED',
  open: ({ status }) => status === 'PENDING' || status === 'AUTO_APPROVED',
  decided: ({ reviewedAt }) => reviewedAt !== undefined,
}

/** The queue, oldest first and those waiting for a person before those the rules let pass; decided ones newest first. */
export function reviewQueueOf(view: DeskView, { limit, ...query }: ReviewQuery & { limit: number }): ReviewQueue {
  const counts: Record<VerdictStatus, number> = { PENDING: 0, AUTO_APPROVED: 0, APPROVED: 0, REJECTED: 0 }
  for (const { status } of view.verdicts.values()) counts[status]++
  const chosen = chosenBy(view, query)
  return { items: chosen.slice(0, limit).map((verdict) => reviewItemOf(view, verdict)), counts, total: chosen.length }
}

/** Every verdict that fits, in the order of the queue. */
export function chosenBy(view: DeskView, query: ReviewQuery): Verdict[] {
  const chosen = [...view.verdicts.values()].filter(
    (verdict) => shown[query.filter](verdict) && fits(view, verdict, query),
  )
  return chosen.sort(query.filter === 'decided' ? latestDecisionFirst : waitingAndOldestFirst)
}

const fits = (
  view: DeskView,
  verdict: Verdict,
  { checkpoint, team, reason, class: classId, device, by }: ReviewQuery,
) =>
  (checkpoint === undefined || verdict.checkpoint === checkpoint) &&
  (team === undefined || verdict.team === team) &&
  (reason === undefined || verdict.reasons.includes(reason)) &&
  (classId === undefined || view.cards.get(verdict.team)?.classIds.includes(classId) === true) &&
  (device === undefined || verdict.device === device) &&
  (by === undefined || verdict.by === by)

const waiting = (verdict: Verdict) => (verdict.status === 'PENDING' ? 0 : 1)
const waitingAndOldestFirst = (a: Verdict, b: Verdict) =>
  waiting(a) - waiting(b) || a.at - b.at || (a.checkin < b.checkin ? -1 : 1)
const latestDecisionFirst = (a: Verdict, b: Verdict) => (b.reviewedAt ?? 0) - (a.reviewedAt ?? 0)
