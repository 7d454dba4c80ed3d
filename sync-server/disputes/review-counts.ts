import type { Claim } from '../../design-docs/console.ts'
import type { ReviewCounts } from '../../design-docs/disputes.ts'
import type { DeskView } from '../results/desk-view.ts'
import { byNumber } from '../results/overview.ts'

/** What waits at which checkpoint, and who decided how much and looks at how much now. */
export function reviewCountsOf(view: DeskView, claims: readonly Claim[]): ReviewCounts {
  const checkpoints = new Map<string, ReviewCounts['checkpoints'][number]>()
  const judges = new Map<string, ReviewCounts['judges'][number]>()
  const judge = (account: string) => {
    const one = judges.get(account) ?? { account, decided: 0, lastAt: null, holds: 0 }
    judges.set(account, one)
    return one
  }
  for (const { checkpoint, status, at, reviewedAt, reviewedBy } of view.verdicts.values()) {
    const name = view.checkpoints.get(checkpoint)?.name ?? null
    const none = { checkpoint, name, unjudged: 0, provisional: 0, decided: 0, oldestUnjudgedAt: null }
    const row = checkpoints.get(checkpoint) ?? none
    checkpoints.set(checkpoint, row)
    if (reviewedAt !== undefined && reviewedBy !== undefined) {
      row.decided++
      const by = judge(reviewedBy)
      by.decided++
      by.lastAt = Math.max(by.lastAt ?? 0, reviewedAt)
    } else if (status === 'PENDING') {
      row.unjudged++
      row.oldestUnjudgedAt = Math.min(row.oldestUnjudgedAt ?? at, at)
    } else if (status === 'AUTO_APPROVED') row.provisional++
  }
  for (const { checkin, by } of claims) if (view.verdicts.get(checkin)?.status === 'PENDING') judge(by).holds++
  return {
    checkpoints: [...checkpoints.values()].sort((a, b) => byNumber(a.checkpoint, b.checkpoint)),
    judges: [...judges.values()].sort((a, b) => b.decided - a.decided || (a.account < b.account ? -1 : 1)),
  }
}
