import { paintBlend } from './paint-blend.ts'
import { paintDots } from './paint-dots.ts'
import { paintFlat } from './paint-flat.ts'
import type { RawPicture } from './raw-picture.ts'

/**
 * `blend`: each pixel keeps its lightness and takes on the tints of the colours near to it; smooth stays smooth.
 * `dots`: only the colours themselves, in a fine pattern that is as light as the picture. `flat`: the nearest colour.
 */
export const paintStyles = ['blend', 'dots', 'flat'] as const
export type PaintStyle = (typeof paintStyles)[number]

/**
 * The picture in the given colours (`#rrggbb`), in whatever order and however often they are named; without any, as it
 * is. What is transparent stays so. The same picture and colours always give the same bytes.
 */
export function paint(picture: RawPicture, colours: readonly string[], style: PaintStyle): RawPicture {
  const set = [...new Set(colours)].sort()
  if (set.length === 0) return picture
  if (style === 'blend') return paintBlend(picture, set)
  return style === 'dots' ? paintDots(picture, set) : paintFlat(picture, set)
}
