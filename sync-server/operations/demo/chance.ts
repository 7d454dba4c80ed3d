export type Chance = {
  /** 0 ≤ x < 1 */
  next(): number
  /** An integer, both ends included. */
  between(low: number, high: number): number
  pick<T>(from: readonly T[]): T
  shuffle<T>(of: readonly T[]): T[]
  bytes(count: number): Uint8Array
}

/** Repeatable chance from a seed (mulberry32), so that the demo event is the same everywhere. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    pick: (from) => from[between(0, from.length - 1)]!,
    shuffle(of) {
      const deck = [...of]
      for (let i = deck.length - 1; i > 0; i--) {
        const j = between(0, i)
        const [a, b] = [deck[i]!, deck[j]!]
        deck[i] = b
        deck[j] = a
      }
      return deck
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => between(0, 255)),
  }
}
