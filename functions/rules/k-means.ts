import type { ColourBins } from './colour-bins.ts'
import { seededRandom } from './seeded-random.ts'

export type Centres = {
  k: number
  l: Float64Array
  a: Float64Array
  b: Float64Array
  /** Pixels of each centre. */
  weight: Float64Array
  /** Sum of squared distances, each pixel to its centre. */
  error: number
}

const mostRounds = 40
/** Each begins elsewhere; the best counts, since k-means stays where it first comes to rest. */
const starts = 3

/** k-means over weighted colours, begun as k-means++ does; the same bins and seed always give the same centres. */
export function kMeans(bins: ColourBins, k: number, seed: number): Centres {
  const random = seededRandom(seed)
  let best: Centres | null = null
  for (let start = 0; start < starts; start++) {
    const found = settle(bins, scattered(bins, Math.min(k, bins.count), random))
    if (best === null || found.error < best.error) best = found
  }
  return best as Centres
}

/** The first centre by weight, each further one by weight and how far it is from those chosen. */
function scattered(bins: ColourBins, k: number, random: () => number): Centres {
  const of = () => new Float64Array(k)
  const centres: Centres = { k, l: of(), a: of(), b: of(), weight: of(), error: 0 }
  const nearest = new Float64Array(bins.count).fill(Number.POSITIVE_INFINITY)
  const chances = Float64Array.from(bins.weight)
  for (let n = 0; n < k; n++) {
    const chosen = draw(chances, random())
    centres.l[n] = bins.l[chosen] ?? 0
    centres.a[n] = bins.a[chosen] ?? 0
    centres.b[n] = bins.b[chosen] ?? 0
    for (let bin = 0; bin < bins.count; bin++) {
      const far = Math.min(nearest[bin] ?? 0, distance(bins, bin, centres, n))
      nearest[bin] = far
      chances[bin] = far * (bins.weight[bin] ?? 0)
    }
  }
  return centres
}

function draw(chances: Float64Array, random: number): number {
  let sum = 0
  for (const chance of chances) sum += chance
  let left = random * sum
  let last = 0
  for (let n = 0; n < chances.length; n++) {
    const chance = chances[n] ?? 0
    if (chance <= 0) continue
    last = n
    left -= chance
    if (left < 0) break
  }
  return last
}

function distance(bins: ColourBins, bin: number, centres: Centres, n: number): number {
  const l = (bins.l[bin] ?? 0) - (centres.l[n] ?? 0)
  const a = (bins.a[bin] ?? 0) - (centres.a[n] ?? 0)
  const b = (bins.b[bin] ?? 0) - (centres.b[n] ?? 0)
  return l * l + a * a + b * b
}

/** Moves every centre into the middle of its colours until none changes sides. */
function settle(bins: ColourBins, centres: Centres): Centres {
  const side = new Int8Array(bins.count).fill(-1)
  for (let round = 0; round < mostRounds; round++) {
    let moved = false
    centres.error = 0
    const sums = new Float64Array(centres.k * 4)
    for (let bin = 0; bin < bins.count; bin++) {
      let own = 0
      let least = Number.POSITIVE_INFINITY
      for (let n = 0; n < centres.k; n++) {
        const far = distance(bins, bin, centres, n)
        if (far < least) {
          least = far
          own = n
        }
      }
      if (side[bin] !== own) moved = true
      side[bin] = own
      addTo(sums, own * 4, bins, bin)
      centres.error += least * (bins.weight[bin] ?? 0)
    }
    for (let n = 0; n < centres.k; n++) {
      const weight = sums[n * 4] ?? 0
      centres.weight[n] = weight
      if (weight === 0) continue
      centres.l[n] = (sums[n * 4 + 1] ?? 0) / weight
      centres.a[n] = (sums[n * 4 + 2] ?? 0) / weight
      centres.b[n] = (sums[n * 4 + 3] ?? 0) / weight
    }
    if (!moved) break
  }
  return centres
}

function addTo(sums: Float64Array, at: number, bins: ColourBins, bin: number): void {
  const weight = bins.weight[bin] ?? 0
  sums[at] = (sums[at] ?? 0) + weight
  sums[at + 1] = (sums[at + 1] ?? 0) + (bins.l[bin] ?? 0) * weight
  sums[at + 2] = (sums[at + 2] ?? 0) + (bins.a[bin] ?? 0) * weight
  sums[at + 3] = (sums[at + 3] ?? 0) + (bins.b[bin] ?? 0) * weight
}
