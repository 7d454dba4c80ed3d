import { type ColourSet, colourSet, distanceTo } from './colour-set.ts'
import { lightIn, oklabOf, oklabOfLight } from './oklab.ts'
import type { RawPicture } from './raw-picture.ts'

/** Two colours of the set and how much of the second, where they are equally light and light cannot say. */
type Pair = { one: number; two: number; part: number }

/** Only the nearest are tried in pairs, with the darkest and lightest beside them. */
const neighbours = 8
/** What a coarse pattern of two colours far apart costs beside a finer one that is a little further off. */
const coarseness = 0.12
/** How much of the light of a pixel eyes take from each channel. */
const [ofRed, ofGreen, ofBlue] = [0.2126, 0.7152, 0.0722]

/** Thresholds of an 8×8 pattern whose dots lie as far apart as they can; Bayer's, each from 0 to 1. */
const thresholds = Float32Array.from({ length: 64 }, (_, n) => {
  const [x, y] = [n & 7, n >> 3]
  let value = 0
  for (let bit = 0; bit < 3; bit++) value = (value << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1)
  return (value + 0.5) / 64
})

/** Only the colours themselves, two to a place in a fine pattern, so that from afar it is as light as the picture was. */
export function paintDots(picture: RawPicture, hexes: readonly string[]): RawPicture {
  const set = colourSet(hexes)
  const lights = Float64Array.from({ length: set.count }, (_, n) =>
    lightAt(set.red[n] ?? 0, set.green[n] ?? 0, set.blue[n] ?? 0),
  )
  const own = new Map(hexes.map((hex, n) => [Number.parseInt(hex.slice(1), 16), n]))
  const pairs = new Array<Pair | undefined>(1 << 15)
  const { data, channels, width } = picture
  const painted = new Uint8Array(data)
  for (let at = 0, n = 0; at + channels <= data.length; at += channels, n++) {
    const red = data[at] as number
    const green = data[at + 1] as number
    const blue = data[at + 2] as number
    const bin = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)
    let colour = set.crowded[bin] === 1 ? own.get((red << 16) | (green << 8) | blue) : undefined
    if (colour === undefined) {
      const pair = pairs[bin] ?? bestPair(set, lights, [(red & 0xf8) | 4, (green & 0xf8) | 4, (blue & 0xf8) | 4])
      pairs[bin] = pair
      const x = n % width
      const threshold = thresholds[((((n - x) / width) & 7) << 3) | (x & 7)] as number
      const part = partOf(lights, pair, lightAt(red, green, blue))
      colour = threshold < part ? pair.two : pair.one
    }
    painted[at] = set.red[colour] as number
    painted[at + 1] = set.green[colour] as number
    painted[at + 2] = set.blue[colour] as number
  }
  return { ...picture, data: painted }
}

const lightAt = (red: number, green: number, blue: number) =>
  ofRed * lightIn(red) + ofGreen * lightIn(green) + ofBlue * lightIn(blue)

/** How much of the second colour makes it just as light; eyes mix light, not what a screen calls its values. */
function partOf(lights: Float64Array, { one, two, part }: Pair, light: number): number {
  const from = lights[one] as number
  const across = (lights[two] as number) - from
  return Math.abs(across) < 1e-3 ? part : Math.min(1, Math.max(0, (light - from) / across))
}

function bestPair(set: ColourSet, lights: Float64Array, rgb: readonly [number, number, number]): Pair {
  const lab = oklabOf(...rgb)
  const light = lightAt(...rgb)
  const chosen = candidates(set, lab)
  let best: Pair = { one: chosen[0] ?? 0, two: chosen[0] ?? 0, part: 0 }
  let least = distanceTo(set, best.one, lab)
  for (const [n, one] of chosen.entries()) {
    for (const two of chosen.slice(n + 1)) {
      const pair = { one, two, part: 0.5 }
      const part = partOf(lights, pair, light)
      const [l, a, b] = oklabOfLight(
        mixed(set.red, pair, part),
        mixed(set.green, pair, part),
        mixed(set.blue, pair, part),
      )
      const off = (l - lab[0]) ** 2 + (a - lab[1]) ** 2 + (b - lab[2]) ** 2
      const apart = distanceTo(set, one, [set.l[two] ?? 0, set.a[two] ?? 0, set.b[two] ?? 0])
      const cost = off + coarseness * part * (1 - part) * apart
      if (cost < least) {
        least = cost
        best = pair
      }
    }
  }
  return best
}

function mixed(channel: Uint8Array, { one, two }: Pair, part: number): number {
  return lightIn(channel[one] ?? 0) * (1 - part) + lightIn(channel[two] ?? 0) * part
}

/** In the order of the set, so that equal costs are decided alike wherever they come up. */
function candidates(set: ColourSet, lab: readonly [number, number, number]): number[] {
  const all = Array.from({ length: set.count }, (_, n) => n)
  if (set.count <= neighbours + 2) return all
  const byLightness = all.toSorted((one, other) => (set.l[one] ?? 0) - (set.l[other] ?? 0))
  const near = all
    .toSorted((one, other) => distanceTo(set, one, lab) - distanceTo(set, other, lab))
    .slice(0, neighbours)
  const chosen = new Set([...near, byLightness[0], byLightness.at(-1)])
  return all.filter((n) => chosen.has(n))
}
