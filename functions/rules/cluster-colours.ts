import { type ColourBins, colourBins } from './colour-bins.ts'
import { type Centres, kMeans } from './k-means.ts'
import { hexOf, rgbOf } from './oklab.ts'
import type { RawPicture } from './raw-picture.ts'

export const fewestColours = 2
export const mostColours = 16
/** So much of how its colours differ from their mean has to be told by as few colours as possible. */
const explainedEnough = 0.95
/** Where nobody says how many: more than this nobody tells apart in a row of swatches. */
const mostChosen = 8

export type ClusteredColours = {
  /** By share, the largest first, then by colour. */
  colours: { hex: string; share: number }[]
  /** Of the differences between its pixels, from 0 to 1, what these colours tell. */
  explained: number
}

/**
 * The colours that a picture is made of. `k` from 2 to 16, or null: the fewest of at most eight that tell 95 % of its
 * differences. A picture that has fewer colours gives those; one without a single pixel that is there gives none.
 */
export function clusterColours(picture: RawPicture, { k, seed }: { k: number | null; seed: number }): ClusteredColours {
  const bins = colourBins(picture)
  if (bins.count === 0) return { colours: [], explained: 1 }
  const spread = kMeans(bins, 1, seed).error
  const explainedBy = (centres: Centres) => (spread < 1e-9 ? 1 : 1 - centres.error / spread)
  const centres = k === null ? enough(bins, seed, explainedBy) : kMeans(bins, bounded(k), seed)
  return { colours: coloursOf(centres), explained: explainedBy(centres) }
}

const bounded = (k: number) => Math.min(mostColours, Math.max(fewestColours, Math.round(k)))

function enough(bins: ColourBins, seed: number, explainedBy: (centres: Centres) => number): Centres {
  for (let k = fewestColours; ; k++) {
    const centres = kMeans(bins, k, seed)
    if (k >= mostChosen || k >= bins.count || explainedBy(centres) >= explainedEnough) return centres
  }
}

/** Two centres that come to one colour on a screen are one. */
function coloursOf({ k, l, a, b, weight }: Centres): ClusteredColours['colours'] {
  const weights = new Map<string, number>()
  let whole = 0
  for (let n = 0; n < k; n++) {
    const own = weight[n] ?? 0
    if (own === 0) continue
    const hex = hexOf(rgbOf([l[n] ?? 0, a[n] ?? 0, b[n] ?? 0]))
    weights.set(hex, (weights.get(hex) ?? 0) + own)
    whole += own
  }
  return [...weights]
    .map(([hex, own]) => ({ hex, share: own / whole }))
    .sort((one, other) => other.share - one.share || (one.hex < other.hex ? -1 : 1))
}
