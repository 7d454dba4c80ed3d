import { useEffect, useRef, useState } from 'preact/hooks'
import type { Card } from '../../design-docs/derived.ts'
import { type CardPart, whatChanged } from './what-changed.ts'

const none: ReadonlySet<CardPart> = new Set()
const glowMs = 4_000

/** Parts of the card that changed a moment ago; none when the card first appears. */
export function useFresh(card: Card): ReadonlySet<CardPart> {
  const before = useRef(card)
  const [fresh, setFresh] = useState(none)
  useEffect(() => {
    const changed = before.current.team === card.team ? whatChanged(before.current, card) : []
    before.current = card
    if (changed.length > 0) setFresh(new Set(changed))
  }, [card])
  useEffect(() => {
    if (fresh === none) return
    const timer = setTimeout(() => setFresh(none), glowMs)
    return () => clearTimeout(timer)
  }, [fresh])
  return fresh
}
