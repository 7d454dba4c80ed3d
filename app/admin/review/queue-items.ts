import type { ReviewFilter, ReviewItem } from '../../../design-docs/console.ts'

/** Empty text: anything. */
export type QueueFilter = {
  filter: ReviewFilter
  checkpoint: string
  team: string
  reason: string
  class: string
  device: string
}

/** What of a filter is set, as the API takes it. */
export const filterQuery = (filter: QueueFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))

const isOpen = ({ status }: ReviewItem) => status === 'PENDING' || status === 'AUTO_APPROVED'

/** Whether a check-in belongs into the queue that is shown; of a class only the server can tell. */
export function belongs(item: ReviewItem, wanted: QueueFilter): boolean {
  const { filter, checkpoint, team, reason, device } = wanted
  if (wanted.class !== '') return false
  if (checkpoint !== '' && item.checkpoint !== checkpoint) return false
  if (team !== '' && item.team !== team) return false
  if (reason !== '' && !item.reasons.some((one) => one === reason)) return false
  if (device !== '' && item.device !== device) return false
  if (filter === 'open') return isOpen(item)
  return filter === 'decided' ? item.reviewedAt !== undefined : item.status === filter
}

/**
 * Takes news into the list without moving anything: known check-ins change where they stand, new ones come at the end,
 * decided ones stay until the queue is loaded anew. Without a filter all that is new belongs there.
 */
export function mergeItems(
  known: readonly ReviewItem[],
  news: readonly ReviewItem[],
  filter: QueueFilter | null,
): readonly ReviewItem[] {
  const byId = new Map(news.map((item) => [item.checkin, item]))
  if (byId.size === 0) return known
  const merged = known.map((item) => byId.get(item.checkin) ?? item)
  const there = new Set(known.map(({ checkin }) => checkin))
  return [...merged, ...news.filter((item) => !there.has(item.checkin) && (!filter || belongs(item, filter)))]
}
