import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Claim, ReviewFilter, ReviewItem, ReviewQueue } from '../../../design-docs/console.ts'
import type { Answer } from '../../store/http.ts'
import { useDesk } from '../desk/context.ts'

export type QueueFilter = { filter: ReviewFilter; checkpoint: string; team: string }
export type Queue = {
  items: readonly ReviewItem[]
  /** Who looks at what, this device excepted. */
  claims: ReadonlyMap<string, Claim>
  loading: boolean
  failure: Exclude<Answer, { kind: 'ok' }> | null
  reload(): void
}

const isOpen = (item: ReviewItem) => item.status === 'PENDING' || item.status === 'AUTO_APPROVED'

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

/** The review queue by a filter, kept up to date by the live feed. */
export function useReviewQueue(filter: QueueFilter): Queue {
  const { desk, live, who } = useDesk()
  const [items, setItems] = useState<readonly ReviewItem[]>([])
  const [claims, setClaims] = useState<ReadonlyMap<string, Claim>>(new Map())
  const [failure, setFailure] = useState<Queue['failure']>(null)
  const [loading, setLoading] = useState(true)
  const asked = useRef(0)
  const path = useMemo(() => {
    const query = new URLSearchParams({ filter: filter.filter, limit: '300' })
    if (filter.checkpoint) query.set('checkpoint', filter.checkpoint)
    if (filter.team) query.set('team', filter.team)
    return `/api/events/${who.event}/review?${query}`
  }, [who.event, filter.filter, filter.checkpoint, filter.team])

  const load = async (keepPlaces: boolean) => {
    const number = ++asked.current
    const answer = await desk.ask(path)
    if (number !== asked.current) return
    setLoading(false)
    if (answer.kind !== 'ok') return setFailure(answer)
    const queue = answer.body as ReviewQueue
    setFailure(null)
    setItems((before) => (keepPlaces ? mergeItems(before, queue.items, filter) : queue.items))
    setClaims(new Map(queue.claims.filter(({ device }) => device !== who.device).map((one) => [one.checkin, one])))
  }

  useEffect(() => {
    setItems([])
    setLoading(true)
    void load(false)
    const stops = [
      live.onChange((change) => setItems((before) => mergeItems(before, change.items, filter))),
      live.onStale(() => void load(true)),
      live.onClaims(({ held, released }) =>
        setClaims((before) => {
          const after = new Map(before)
          for (const checkin of released) after.delete(checkin)
          for (const one of held) if (one.device !== who.device) after.set(one.checkin, one)
          return after
        }),
      ),
    ]
    return () => {
      asked.current++
      for (const stop of stops) stop()
    }
  }, [path])

  return { items, claims, loading, failure, reload: () => void load(true) }
}
