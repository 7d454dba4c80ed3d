import { useEffect, useRef, useState } from 'preact/hooks'
import type { Evidence, ReviewItem } from '../../../design-docs/console.ts'
import { useDesk } from '../desk/context.ts'
import { picturePath } from '../desk/pictures.ts'

/** Evidence of the check-in on screen; that of the next ones, and their photos, are fetched before they are needed. */
export function useEvidence(item: ReviewItem | null, ahead: readonly ReviewItem[]): Evidence | null {
  const { desk, who, pictures } = useDesk()
  const cache = useRef(new Map<string, Promise<Evidence | null>>())
  const [shown, setShown] = useState<{ key: string; evidence: Evidence } | null>(null)

  const keyOf = (one: ReviewItem) => `${one.checkin} ${one.status} ${one.reviewedAt ?? ''} ${one.photo ?? ''}`
  const fetched = (one: ReviewItem): Promise<Evidence | null> => {
    const key = keyOf(one)
    const known = cache.current.get(key)
    if (known) return known
    const asked = desk.ask(`/api/events/${who.event}/review/${encodeURIComponent(one.checkin)}`).then((answer) => {
      if (answer.kind === 'ok') return answer.body as Evidence
      cache.current.delete(key)
      return null
    })
    cache.current.set(key, asked)
    if (cache.current.size > 100) cache.current.delete(cache.current.keys().next().value ?? '')
    return asked
  }

  const key = item ? keyOf(item) : null
  useEffect(() => {
    if (!item || key === null) return
    let current = true
    void fetched(item).then((evidence) => {
      if (current && evidence) setShown({ key, evidence })
    })
    for (const next of ahead) {
      void fetched(next)
      if (next.photo) pictures.prepare(picturePath(next.photo, next.image))
    }
    return () => {
      current = false
    }
  }, [key, ahead.map(({ checkin }) => checkin).join()])

  // Evidence of the same check-in before its newest change is better than none; that of another one is not.
  return item && shown?.evidence.item.checkin === item.checkin ? shown.evidence : null
}
