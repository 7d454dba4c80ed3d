import { colourSet, nearestOf } from './colour-set.ts'
import type { RawPicture } from './raw-picture.ts'

const unknown = -1

/** Every pixel in the nearest of the colours; what is one of them stays as it is. */
export function paintFlat(picture: RawPicture, hexes: readonly string[]): RawPicture {
  const set = colourSet(hexes)
  const ofBin = new Int16Array(1 << 15).fill(unknown)
  const ofPixel = new Map<number, number>()
  const { data, channels } = picture
  const painted = new Uint8Array(data)
  for (let at = 0; at + channels <= data.length; at += channels) {
    const red = data[at] as number
    const green = data[at + 1] as number
    const blue = data[at + 2] as number
    const bin = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)
    let own = ofBin[bin] as number
    if (set.crowded[bin] === 1) {
      const pixel = (red << 16) | (green << 8) | blue
      own = ofPixel.get(pixel) ?? unknown
      if (own === unknown) {
        own = nearestOf(set, red, green, blue)
        ofPixel.set(pixel, own)
      }
    } else if (own === unknown) {
      own = nearestOf(set, (red & 0xf8) | 4, (green & 0xf8) | 4, (blue & 0xf8) | 4)
      ofBin[bin] = own
    }
    painted[at] = set.red[own] as number
    painted[at + 1] = set.green[own] as number
    painted[at + 2] = set.blue[own] as number
  }
  return { ...picture, data: painted }
}
