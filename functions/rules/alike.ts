/** A picture's likeness: 64 bits as 16 hex digits. */
export type Likeness = { id: string; team: string; likeness: string }
export type AlikePairOf<T> = { a: T; b: T; bits: number }

/**
 * Pictures are alike when at most so many of 64 bits differ. Measured on photographs and drawn ones: copies that were
 * halved, compressed to quality 30, brightened or blurred differ by at most 3 bits, those cropped by 2 % mostly by 5 and
 * at most by 10, pictures of different things by 19 and more.
 */
export const alikeBits = 8
/** More pairs than anybody looks at; a picture that everybody has must not fill the memory. */
export const mostPairs = 5000

/**
 * Pairs of pictures of different teams that are alike, the most alike first. Two that differ by at most eight bits have
 * one of nine stretches of bits in common, so only those that share one are compared.
 */
export function alikePairsOf<T extends Likeness>(pictures: readonly T[]): AlikePairOf<T>[] {
  const high = Uint32Array.from(pictures, ({ likeness }) => Number.parseInt(likeness.slice(0, 8), 16))
  const low = Uint32Array.from(pictures, ({ likeness }) => Number.parseInt(likeness.slice(8), 16))
  const pairs = new Map<string, AlikePairOf<T>>()
  for (const stretch of stretches) {
    for (const bucket of bucketsOf(high, low, stretch)) {
      const highs = bucket.map((index) => high[index]!)
      const lows = bucket.map((index) => low[index]!)
      for (let i = 1; i < bucket.length; i++) {
        const [highOfOne, lowOfOne] = [highs[i]!, lows[i]!]
        for (let j = 0; j < i; j++) {
          let bits = countBits(highOfOne ^ highs[j]!)
          if (bits > alikeBits) continue
          bits += countBits(lowOfOne ^ lows[j]!)
          if (bits > alikeBits) continue
          const [a, b] = [pictures[bucket[j]!]!, pictures[bucket[i]!]!]
          if (a.team !== b.team) pairs.set(`${bucket[j]} ${bucket[i]}`, { a, b, bits })
          if (pairs.size >= mostPairs) return inOrder(pairs.values())
        }
      }
    }
  }
  return inOrder(pairs.values())
}

/** Indexes of pictures that have a stretch of bits in common, in order. */
function bucketsOf(high: Uint32Array, low: Uint32Array, stretch: Stretch): Uint32Array[] {
  const keys = high.map((word, index) => bitsAt(word, low[index]!, stretch))
  const buckets: number[][] = Array.from({ length: 2 ** stretch.width }, () => [])
  for (const [index, key] of keys.entries()) buckets[key]!.push(index)
  return buckets.map((indexes) => Uint32Array.from(indexes))
}

const inOrder = <T extends Likeness>(pairs: Iterable<AlikePairOf<T>>) =>
  [...pairs].sort((x, y) => x.bits - y.bits || (x.a.id + x.b.id < y.a.id + y.b.id ? -1 : 1))

type Stretch = { shift: number; width: number }
const stretches: Stretch[] = Array.from({ length: alikeBits + 1 }, (_, n) => {
  const shift = Math.floor((n * 64) / (alikeBits + 1))
  return { shift, width: Math.floor(((n + 1) * 64) / (alikeBits + 1)) - shift }
})

function bitsAt(high: number, low: number, { shift, width }: Stretch): number {
  const mask = 2 ** width - 1
  if (shift >= 32) return (high >>> (shift - 32)) & mask
  const fromLow = low >>> shift
  return (shift + width > 32 ? fromLow | (high << (32 - shift)) : fromLow) & mask
}

/** https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
