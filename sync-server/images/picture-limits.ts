import type { PictureProblem } from '../../design-docs/pictures.ts'
import { uploadLimitPixels } from '../../design-docs/uploads.ts'

export type Structure = { problem?: undefined; width: number; height: number }

/** Of all that is no picture in a file: EXIF, XMP with a phone's depth map, names of colours, comments. */
export const metadataLimitBytes = 4 * 1_048_576
/** A colour profile is a few hundred kilobytes at most. */
export const profileLimitBytes = 1_048_576
const longestSidePixels = 20_000
/** What a decoder would have to hold at once of a picture that it cannot read line by line. */
const unpackedLimitBytes = 256 * 1_048_576

/** By what a header says, before anything is unpacked. */
export function weigh(told: {
  width: number
  height: number
  unpackedBytes: number
}): Structure | { problem: PictureProblem } {
  const { width, height, unpackedBytes } = told
  if (Math.max(width, height) > longestSidePixels || width * height > uploadLimitPixels) {
    return { problem: 'too-many-pixels' }
  }
  return unpackedBytes > unpackedLimitBytes ? { problem: 'too-many-pixels' } : { width, height }
}
