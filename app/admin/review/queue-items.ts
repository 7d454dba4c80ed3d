import type { ReviewFilter, ReviewItem } from '../../../design-docs/console.ts'

export type QueueFilter = { filter: ReviewFilter; checkpoint: string; team: string }

const isOpen = ({ status }: ReviewItem) => status === 'PENDING' || status === 'AUTO_APPROVED'

/** Whether a check-in belongs into the queue that is shown. */
export function belongs(item: ReviewItem, { filter, checkpoint, team }: QueueFilter): boolean {
  if (checkpoint !== '' && item.checkpoint !== checkpoint) return false
  if (team !== '' && item.team !== team) return false
  if (filter === 'open') return isOpen(item)
  return filter === 'decided' ? item.reviewedAt !== undefined : item.status === filter
}

/**
 * Takes news into the list without moving anything: known check-ins change where they stand, new ones come at the end,
 * decided ones stay until the queue is loaded anew.
 */
export function mergeItems(
  known: readonly ReviewItem[],
  news: readonly ReviewItem[],
  filter: QueueFilter,
): readonly ReviewItem[] {
  const byId = new Map(news.map((item) => [item.checkin, item]))
  if (byId.size === 0) return known
  const merged = known.map((item) => byId.get(item.checkin) ?? item)
  const there = new Set(known.map(({ checkin }) => checkin))
  return [...merged, ...news.filter((item) => !there.has(item.checkin) && belongs(item, filter))]
}
