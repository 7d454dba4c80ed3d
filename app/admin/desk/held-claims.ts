import { type ReadonlySignal, signal } from '@preact/signals'
import type { Claim, LiveMessage } from '../../../design-docs/console.ts'

type Options = { device: string; now(): number; after(ms: number, then: () => void): () => void }

export type HeldClaims = {
  /** Claims of other devices that still hold, by check-in. */
  held: ReadonlySignal<ReadonlyMap<string, Claim>>
  replace(all: readonly Claim[]): void
  change(news: LiveMessage['claims']): void
  stop(): void
}

/** Who looks at what, told by the live feed alone: an answer from beside it could be older than what it has told. */
export function createHeldClaims({ device, now, after }: Options): HeldClaims {
  const held = signal<ReadonlyMap<string, Claim>>(new Map())
  let cancel = () => {}

  /** A claim runs out without a word: its console may be gone. */
  function set(claims: Iterable<Claim>): void {
    cancel()
    const holding = [...claims].filter((claim) => claim.device !== device && claim.until > now())
    held.value = new Map(holding.map((claim) => [claim.checkin, claim]))
    if (holding.length === 0) return
    const firstEnds = Math.min(...holding.map(({ until }) => until))
    cancel = after(Math.max(firstEnds - now(), 0) + 1, () => set(held.value.values()))
  }

  return {
    held,
    replace: set,
    change({ held: taken, released }) {
      const next = new Map(held.value)
      for (const checkin of released) next.delete(checkin)
      for (const claim of taken) next.set(claim.checkin, claim)
      set(next.values())
    },
    stop: () => cancel(),
  }
}
