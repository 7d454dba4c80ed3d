import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ReviewItem, ReviewQueue } from '../../../design-docs/console.ts'
import type { Answer } from '../../store/http.ts'
import { useDesk } from '../desk/context.ts'
import { filterQuery, mergeItems, type QueueFilter } from './queue-items.ts'

export type Queue = {
  items: readonly ReviewItem[]
  loading: boolean
  failure: Exclude<Answer, { kind: 'ok' }> | null
  reload(): void
}

/** The review queue by a filter, kept up to date by the live feed. */
export function useReviewQueue(filter: QueueFilter): Queue {
  const { desk, live, who } = useDesk()
  const [items, setItems] = useState<readonly ReviewItem[]>([])
  const [failure, setFailure] = useState<Queue['failure']>(null)
  const [loading, setLoading] = useState(true)
  const asked = useRef(0)
  const path = useMemo(() => {
    const query = new URLSearchParams({ ...filterQuery(filter), limit: '300' })
    return `/api/events/${who.event}/review?${query}`
  }, [who.event, filter])

  const load = async (keepPlaces: boolean) => {
    const number = ++asked.current
    const answer = await desk.ask(path)
    if (number !== asked.current) return
    setLoading(false)
    if (answer.kind !== 'ok') return setFailure(answer)
    const queue = answer.body as ReviewQueue
    setFailure(null)
    setItems((before) => (keepPlaces ? mergeItems(before, queue.items, null) : queue.items))
  }

  useEffect(() => {
    setItems([])
    setLoading(true)
    void load(false)
    const stops = [
      live.onChange((change) => {
        setItems((before) => mergeItems(before, change.items, filter))
        if (filter.class !== '' && change.items.length > 0) void load(true)
      }),
      live.onStale(() => void load(true)),
    ]
    return () => {
      asked.current++
      for (const stop of stops) stop()
    }
  }, [path])

  return { items, loading, failure, reload: () => void load(true) }
}
