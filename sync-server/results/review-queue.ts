import type { ReviewFilter, ReviewItem } from '../../design-docs/console.ts'
import type { Verdict, VerdictStatus } from '../../design-docs/derived.ts'
import type { DeskView } from './desk-view.ts'
import { reviewItemOf } from './review-item.ts'

export type QueueQuery = {
  filter: ReviewFilter
  checkpoint?: string | undefined
  team?: string | undefined
  limit: number
}

const shown: Record<ReviewFilter, (verdict: Verdict) => boolean> = {
  PENDING: ({ status }) => status === 'PENDING',
  AUTO_APPROVED: ({ status }) => status === 'AUTO_APPROVED',
  open: ({ status }) => status === 'PENDING' || status === 'AUTO_APPROVED',
  decided: ({ reviewedAt }) => reviewedAt !== undefined,
}

/** The queue, oldest first and those waiting for a person before those the rules let pass; decided ones newest first. */
export function reviewQueueOf(
  view: DeskView,
  query: QueueQuery,
): { items: ReviewItem[]; counts: Record<VerdictStatus, number> } {
  const counts: Record<VerdictStatus, number> = { PENDING: 0, AUTO_APPROVED: 0, APPROVED: 0, REJECTED: 0 }
  const chosen: Verdict[] = []
  for (const verdict of view.verdicts.values()) {
    counts[verdict.status]++
    if (!shown[query.filter](verdict)) continue
    if (query.checkpoint !== undefined && verdict.checkpoint !== query.checkpoint) continue
    if (query.team !== undefined && verdict.team !== query.team) continue
    chosen.push(verdict)
  }
  chosen.sort(query.filter === 'decided' ? latestDecisionFirst : waitingAndOldestFirst)
  return { items: chosen.slice(0, query.limit).map((verdict) => reviewItemOf(view, verdict)), counts }
}

const waiting = (verdict: Verdict) => (verdict.status === 'PENDING' ? 0 : 1)
const waitingAndOldestFirst = (a: Verdict, b: Verdict) =>
  waiting(a) - waiting(b) || a.at - b.at || (a.checkin < b.checkin ? -1 : 1)
const latestDecisionFirst = (a: Verdict, b: Verdict) => (b.reviewedAt ?? 0) - (a.reviewedAt ?? 0)
