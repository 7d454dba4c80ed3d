import type { RawPicture } from '../../functions/rules/raw-picture.ts'

/** A picture drawn by a function of place: of each pixel red, green, blue, and how opaque it is where that is said. */
export function drawPicture(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): RawPicture {
  const channels = colour(0, 0).length === 4 ? 4 : 3
  const data = new Uint8Array(width * height * channels)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) for (const value of colour(x, y)) data[at++] = value
  }
  return { width, height, channels, data }
}

/** Sky, hills and a sun: smooth regions, edges, and a few strong colours. */
export const landscape = (width: number, height: number): RawPicture =>
  drawPicture(width, height, (x, y) => {
    const [across, down] = [x / width, y / height]
    if ((across - 0.7) ** 2 + (down - 0.25) ** 2 < 0.012) return [250, 214, 64]
    const hill = 0.62 + 0.12 * Math.sin(across * 7)
    if (down > hill) return [40 + 60 * across, 110 + 70 * (down - hill), 50].map(Math.round)
    return [110 + 110 * down, 160 + 60 * down, 235].map(Math.round)
  })
