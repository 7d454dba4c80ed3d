import { binOf } from './colour-bins.ts'
import { oklabOf, rgbIn } from './oklab.ts'

/** The colours to paint with, as typed arrays, so that millions of pixels are painted without making an object. */
export type ColourSet = {
  count: number
  red: Uint8Array
  green: Uint8Array
  blue: Uint8Array
  l: Float64Array
  a: Float64Array
  b: Float64Array
  /** Bins that hold one of the colours: there a pixel is looked at itself, lest a colour become its neighbour. */
  crowded: Uint8Array
}

export function colourSet(hexes: readonly string[]): ColourSet {
  const rgb = hexes.map(rgbIn)
  const lab = rgb.map(([red, green, blue]) => oklabOf(red, green, blue))
  const crowded = new Uint8Array(1 << 15)
  for (const [red, green, blue] of rgb) crowded[binOf(red, green, blue)] = 1
  return {
    count: hexes.length,
    red: Uint8Array.from(rgb, ([red]) => red),
    green: Uint8Array.from(rgb, ([, green]) => green),
    blue: Uint8Array.from(rgb, ([, , blue]) => blue),
    l: Float64Array.from(lab, ([l]) => l),
    a: Float64Array.from(lab, ([, a]) => a),
    b: Float64Array.from(lab, ([, , b]) => b),
    crowded,
  }
}

/** Square of the distance that eyes see between one of the colours and another. */
export function distanceTo(set: ColourSet, n: number, [l, a, b]: readonly [number, number, number]): number {
  const dl = (set.l[n] ?? 0) - l
  const da = (set.a[n] ?? 0) - a
  const db = (set.b[n] ?? 0) - b
  return dl * dl + da * da + db * db
}

/** Where in the set the colour nearest to this one stands; of equally near ones the first. */
export function nearestOf(set: ColourSet, red: number, green: number, blue: number): number {
  const lab = oklabOf(red, green, blue)
  let nearest = 0
  let least = Number.POSITIVE_INFINITY
  for (let n = 0; n < set.count; n++) {
    const far = distanceTo(set, n, lab)
    if (far < least) {
      least = far
      nearest = n
    }
  }
  return nearest
}
