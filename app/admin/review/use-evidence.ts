import { useEffect, useRef, useState } from 'preact/hooks'
import type { Evidence, ReviewItem } from '../../../design-docs/console.ts'
import { afterPaint } from '../desk/after-paint.ts'
import { useDesk } from '../desk/context.ts'
import { picturePath } from '../desk/pictures.ts'

const kept = 100

/**
 * Evidence of the check-in on screen, in the same frame as its photo where it was fetched ahead: that of the next ones,
 * and their photos, are fetched before they are needed.
 */
export function useEvidence(item: ReviewItem | null, ahead: readonly ReviewItem[]): Evidence | null {
  const { desk, who, pictures } = useDesk()
  const fetched = useRef(new Map<string, Evidence>())
  const loading = useRef(new Map<string, Promise<void>>())
  const last = useRef<Evidence | null>(null)
  const [, arrived] = useState({})

  const load = async (one: ReviewItem): Promise<void> => {
    const key = keyOf(one)
    const answer = await desk.ask(`/api/events/${who.event}/review/${encodeURIComponent(one.checkin)}`)
    loading.current.delete(key)
    if (answer.kind !== 'ok') return
    fetched.current.set(key, answer.body as Evidence)
    if (fetched.current.size > kept) fetched.current.delete(fetched.current.keys().next().value ?? '')
  }
  const loaded = (one: ReviewItem): Promise<void> => {
    const known = loading.current.get(keyOf(one)) ?? load(one)
    loading.current.set(keyOf(one), known)
    return known
  }

  const key = item ? keyOf(item) : null
  useEffect(() => {
    if (!item || key === null) return
    let current = true
    if (!fetched.current.has(key)) void loaded(item).then(() => current && arrived({}))
    afterPaint(() => {
      if (!current) return
      for (const next of ahead) {
        if (next.photo) pictures.prepare(picturePath(next.photo, next.image))
        if (!fetched.current.has(keyOf(next))) void loaded(next)
      }
    })
    return () => {
      current = false
    }
  }, [key, ahead.map(({ checkin }) => checkin).join()])

  last.current = (key === null ? null : fetched.current.get(key)) ?? last.current
  // Evidence of the same check-in before its newest change is better than none; that of another one is not.
  return item && last.current?.item.checkin === item.checkin ? last.current : null
}

/** What evidence is fetched anew by: everything of a check-in that changes what is to be said about it. */
const keyOf = (one: ReviewItem) => `${one.checkin} ${one.status} ${one.reviewedAt ?? ''} ${one.photo ?? ''}`
