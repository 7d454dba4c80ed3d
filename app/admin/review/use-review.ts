import { useEffect, useRef, useState } from 'preact/hooks'
import type { Evidence, ReviewItem } from '../../../design-docs/console.ts'
import { factId, subjectOf } from '../../../design-docs/ids.ts'
import { words } from '../../i18n/admin-words.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import type { Queue } from './use-review-queue.ts'

type Decided = { checkin: string; review: string }

/** Walking through the queue and deciding: which check-in is on screen, and what each key does to it. */
export function useReview(queue: Queue, open: boolean) {
  const { decisions, live } = useDesk()
  const [current, setCurrent] = useState<string | null>(null)
  const done = useRef<Decided[]>([])
  const item = queue.items.find(({ checkin }) => checkin === current) ?? null

  useEffect(() => {
    if (item === null) setCurrent(queue.items[0]?.checkin ?? null)
  }, [queue.items, item === null])

  const waits = (one: ReviewItem) =>
    !open ||
    ((one.status === 'PENDING' || one.status === 'AUTO_APPROVED') &&
      one.reviewedAt === undefined &&
      !['APPROVED', 'REJECTED'].includes(decisions.expected.value.get(one.checkin)?.status ?? ''))
  const free = (one: ReviewItem) => waits(one) && !live.claims.value.has(one.checkin)

  /** Those that follow, in the order in which they will come up; round to the first ones at the end. */
  const following = (): ReviewItem[] => {
    const at = queue.items.findIndex(({ checkin }) => checkin === current)
    return [...queue.items.slice(at + 1), ...queue.items.slice(0, Math.max(0, at))].filter(free)
  }
  const next = () => {
    const [one] = following()
    if (one) setCurrent(one.checkin)
    else toast(words.value.review.noneLeft)
  }
  const previous = () => {
    const at = queue.items.findIndex(({ checkin }) => checkin === current)
    const one = queue.items[at - 1]
    if (one) setCurrent(one.checkin)
  }

  const decide = (action: 'APPROVED' | 'REJECTED', comment?: string) => {
    if (!item) return
    const id = decisions.decide(
      {
        kind: 'review',
        checkin: item.checkin,
        action,
        ...(comment !== undefined && { comment }),
        ...(item.reviewedAt !== undefined && { seenReviewedAt: item.reviewedAt }),
      },
      item.checkin,
    )
    done.current.push({ checkin: item.checkin, review: factId(subjectOf(item.checkin), 'review', id) })
    next()
  }

  /** Takes back the last decision made here, else the one that stands on the check-in on screen. */
  const undo = (evidence: Evidence | null) => {
    const standing = evidence?.reviews.find(({ takenBack }) => !takenBack)
    const last = done.current.pop() ?? (item && standing ? { checkin: item.checkin, review: standing.review } : null)
    if (!last) return void toast(words.value.review.nothingToUndo)
    decisions.decide({ kind: 'void', fact: last.review, reason: words.value.review.undo }, last.checkin)
    setCurrent(last.checkin)
    toast(words.value.review.undone)
  }

  return { item, current, choose: setCurrent, next, previous, decide, undo, following, waits }
}
