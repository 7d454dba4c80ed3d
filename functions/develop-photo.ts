import sharp, { type Sharp } from 'sharp'
import { webpOf } from '../design-docs/pictures.ts'
import { openPicture } from './open-picture.ts'
import { likenessOf, likenessSize } from './rules/likeness.ts'

export type Picture = { name: string; width: number; height: number; bytes: Uint8Array }
/** What could be made of some bytes; `problem` says why nothing could. */
export type Developed = {
  thumbnail?: Uint8Array | undefined
  sizes: Picture[]
  /** By which photos that look alike are found; none of a picture without a shape. */
  likeness?: string | undefined
  problem?: string
}

export const thumbnailSize = { width: 150, height: 105 } as const
export const screenSizes = { '1600': 1600, '480': 480 } as const

const jpeg = { quality: 80 } as const
/** A quarter smaller than the JPEG for twice its work; more effort costs seven times as much for another tenth. */
const webp = { quality: 78, effort: 0 } as const

/**
 * Thumbnail (cropped, never distorted) and sizes for screens (never enlarged), each as JPEG and, where that is smaller, as
 * WebP; upright, without position or other metadata. The original is decoded once; the same bytes always give the same pictures.
 */
export async function developPhoto(original: Uint8Array): Promise<Developed> {
  try {
    const { data, info } = await (await openPicture(original))
      .resize({ width: screenSizes['1600'], height: screenSizes['1600'], fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const raw = { raw: { width: info.width, height: info.height, channels: info.channels } }
    const flat = () => sharp(data, raw).flatten()
    const small = () =>
      flat().resize({ width: screenSizes['480'], height: screenSizes['480'], fit: 'inside', withoutEnlargement: true })
    const [large, little, thumbnail, dots] = await Promise.all([
      inBothTypes('1600', flat),
      inBothTypes('480', small),
      flat().resize(thumbnailSize).jpeg(jpeg).toBuffer(),
      flat()
        .greyscale()
        .resize({ ...likenessSize, fit: 'fill', kernel: 'cubic' })
        .raw()
        .toBuffer(),
    ])
    return { thumbnail, sizes: [...large, ...little], likeness: likenessOf(dots) ?? undefined }
  } catch (error) {
    return { sizes: [], problem: problemIn(error) }
  }
}

async function inBothTypes(name: string, picture: () => Sharp): Promise<Picture[]> {
  const [plain, modern] = await Promise.all([
    picture().jpeg(jpeg).toBuffer({ resolveWithObject: true }),
    picture().webp(webp).toBuffer({ resolveWithObject: true }),
  ])
  const made = [{ name, ...plain }]
  if (modern.data.length < plain.data.length) made.push({ name: webpOf(name), ...modern })
  return made.map(({ name, data, info }) => ({ name, width: info.width, height: info.height, bytes: data }))
}

/** The thumbnail of a preview that a device made; it is decoded and drawn anew, whatever it really is. */
export async function shrinkPreview(preview: Uint8Array): Promise<Developed> {
  try {
    const thumbnail = await (await openPicture(preview)).resize(thumbnailSize).jpeg(jpeg).toBuffer()
    return { thumbnail, sizes: [] }
  } catch (error) {
    return { sizes: [], problem: problemIn(error) }
  }
}

const problemIn = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200)
