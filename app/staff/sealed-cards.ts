import { effect, type Signal } from '@preact/signals'
import type { Card, Sealed } from '../../design-docs/derived.ts'
import { bibOpener } from '../../functions/rules/bib-opener.ts'
import { parseBib } from '../../functions/rules/bib-qr.ts'
import { openCard } from '../../functions/rules/open-card.ts'
import { coalesce } from '../store/coalesce.ts'
import type { MirrorDoc, Store } from '../store/types.ts'

/**
 * Keeps `opened` at the cards that bibs scanned on this phone open, by team; they are in memory alone, the phone keeps what
 * opens them. Answers how a bib is taken in.
 */
export function followSealed(store: Store, opened: Signal<ReadonlyMap<string, Card>>): (text: string) => Promise<void> {
  const { mirrors, openers } = store
  const known = new Map<string, { doc: MirrorDoc; card: Card | null }>()

  const renew = coalesce(async () => {
    const docs = mirrors.gate.docs.value
    const cards = new Map<string, Card>()
    for (const [id, key] of openers.keys.value) {
      const doc = docs.get(id)
      if (!doc) continue
      const before = known.get(id)
      const card =
        before?.doc === doc ? before.card : await openCard({ id, key: bytesOf(key) }, (doc as unknown as Sealed).box)
      known.set(id, { doc, card })
      if (card) cards.set(card.team, card)
    }
    for (const id of known.keys()) if (!docs.has(id)) known.delete(id)
    opened.value = cards
  })
  effect(() => {
    // Named here, so that it runs again whenever one of them has changed.
    if (mirrors.gate.docs.value && openers.keys.value) void renew()
  })

  return async (text) => {
    const bib = parseBib(text)
    if (typeof bib === 'string') return
    const { id, key } = await bibOpener(bib.signature)
    await openers.keep(id, btoa(String.fromCharCode(...key)))
    await renew()
  }
}

const bytesOf = (key: string) => Uint8Array.from(atob(key), (char) => char.charCodeAt(0))
