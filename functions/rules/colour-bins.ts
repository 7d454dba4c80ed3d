import { oklabOf } from './oklab.ts'
import type { RawPicture } from './raw-picture.ts'

/** What differs by less than eight of 256 steps lies in one bin, so that millions of pixels become a few thousand. */
export type ColourBins = { count: number; weight: Float64Array; l: Float64Array; a: Float64Array; b: Float64Array }

const binCount = 1 << 15
/** Of pixels with transparency, those that are mostly there count. */
const opaque = 128

export const binOf = (red: number, green: number, blue: number): number =>
  ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)

/** The picture's colours as weighted points: of each bin the mean of what lies in it, so that a lone colour stays exact. */
export function colourBins({ data, channels }: RawPicture): ColourBins {
  const sums = new Float64Array(binCount * 4)
  for (let at = 0; at + channels <= data.length; at += channels) {
    if (channels === 4 && (data[at + 3] ?? 0) < opaque) continue
    const red = data[at] ?? 0
    const green = data[at + 1] ?? 0
    const blue = data[at + 2] ?? 0
    const bin = binOf(red, green, blue) * 4
    sums[bin] = (sums[bin] ?? 0) + 1
    sums[bin + 1] = (sums[bin + 1] ?? 0) + red
    sums[bin + 2] = (sums[bin + 2] ?? 0) + green
    sums[bin + 3] = (sums[bin + 3] ?? 0) + blue
  }
  const used: number[] = []
  for (let bin = 0; bin < binCount; bin++) if ((sums[bin * 4] ?? 0) > 0) used.push(bin * 4)
  const of = () => new Float64Array(used.length)
  const bins: ColourBins = { count: used.length, weight: of(), l: of(), a: of(), b: of() }
  for (const [n, bin] of used.entries()) {
    const weight = sums[bin] ?? 1
    const mean = (channel: number) => Math.round((sums[bin + channel] ?? 0) / weight)
    const [l, a, b] = oklabOf(mean(1), mean(2), mean(3))
    bins.weight[n] = weight
    bins.l[n] = l
    bins.a[n] = a
    bins.b[n] = b
  }
  return bins
}
