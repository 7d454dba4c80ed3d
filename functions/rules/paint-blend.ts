import { colourSet, distanceTo } from './colour-set.ts'
import { oklabOf, rgbOf } from './oklab.ts'
import type { RawPicture } from './raw-picture.ts'

/** 255 is 17 of these, so that black and white are corners of the grid. */
const step = 15
const side = 255 / step + 1
/** How far a colour's tint reaches, as a distance in OKLab: further, and all become the mean; less, and edges show. */
const reach = 0.07

/** Each pixel as light as before, in the tints of the colours near to it; the nearer, the more of theirs. */
export function paintBlend(picture: RawPicture, hexes: readonly string[]): RawPicture {
  const grid = paintedGrid(hexes)
  const { data, channels } = picture
  const painted = new Uint8Array(data)
  for (let at = 0; at + channels <= data.length; at += channels) {
    const red = data[at] as number
    const green = data[at + 1] as number
    const blue = data[at + 2] as number
    const r = cellOf[red] as number
    const g = cellOf[green] as number
    const b = cellOf[blue] as number
    const x = red - r * step
    const y = green - g * step
    const z = blue - b * step
    // The cell falls into six tetrahedra; from corner to corner along the largest part first.
    const near = ((r * side + g) * side + b) * 3
    const far = near + farthest
    const first = x >= y ? (x >= z ? alongRed : alongBlue) : y >= z ? alongGreen : alongBlue
    const last = x < y ? (x < z ? alongRed : alongBlue) : y < z ? alongGreen : alongBlue
    const most = first === alongRed ? x : first === alongGreen ? y : z
    const least = last === alongRed ? x : last === alongGreen ? y : z
    const middle = x + y + z - most - least
    const one = near + first
    const two = far - last
    const ofNear = (step - most) / step
    const ofOne = (most - middle) / step
    const ofTwo = (middle - least) / step
    const ofFar = least / step
    // Written out, since a loop over the channels takes twice as long.
    painted[at] =
      (grid[near] as number) * ofNear +
      (grid[one] as number) * ofOne +
      (grid[two] as number) * ofTwo +
      (grid[far] as number) * ofFar +
      0.5
    painted[at + 1] =
      (grid[near + 1] as number) * ofNear +
      (grid[one + 1] as number) * ofOne +
      (grid[two + 1] as number) * ofTwo +
      (grid[far + 1] as number) * ofFar +
      0.5
    painted[at + 2] =
      (grid[near + 2] as number) * ofNear +
      (grid[one + 2] as number) * ofOne +
      (grid[two + 2] as number) * ofTwo +
      (grid[far + 2] as number) * ofFar +
      0.5
  }
  return { ...picture, data: painted }
}

/** 255 is the far side of the last cell, so that there is always a next corner. */
const cellOf = Uint8Array.from({ length: 256 }, (_, value) => Math.min(side - 2, Math.floor(value / step)))

const alongRed = side * side * 3
const alongGreen = side * 3
const alongBlue = 3
const farthest = alongRed + alongGreen + alongBlue

/** What becomes of the colours at the corners of a grid; those between lie between them. */
function paintedGrid(hexes: readonly string[]): Float32Array {
  const set = colourSet(hexes)
  const grid = new Float32Array(side ** 3 * 3)
  let at = 0
  for (let r = 0; r < side; r++)
    for (let g = 0; g < side; g++)
      for (let b = 0; b < side; b++) {
        const lab = oklabOf(r * step, g * step, b * step)
        grid.set(rgbOf([lab[0], ...tint(set, lab)]), at)
        at += 3
      }
  return grid
}

function tint(set: ReturnType<typeof colourSet>, lab: readonly [number, number, number]): [number, number] {
  let least = Number.POSITIVE_INFINITY
  for (let n = 0; n < set.count; n++) least = Math.min(least, distanceTo(set, n, lab))
  let whole = 0
  let a = 0
  let b = 0
  for (let n = 0; n < set.count; n++) {
    const weight = Math.exp((least - distanceTo(set, n, lab)) / (2 * reach * reach))
    whole += weight
    a += weight * (set.a[n] ?? 0)
    b += weight * (set.b[n] ?? 0)
  }
  return [a / whole, b / whole]
}
