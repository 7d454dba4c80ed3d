import sharp, { type Sharp } from 'sharp'
import { openPicture } from './open-picture.ts'
import { clusterColours } from './rules/cluster-colours.ts'
import { type PaintStyle, paint } from './rules/paint.ts'
import type { RawPicture } from './rules/raw-picture.ts'

export type MadePicture = { width: number; height: number; bytes: Uint8Array; contentType: string }
export type Clustered = {
  colours: { hex: string; share: number }[]
  explained: number
  /** The picture in its own few colours, and thumbnails of it as it was and as it became. */
  clustered: MadePicture
  thumbnails: { original: Uint8Array; clustered: Uint8Array }
}
export type Painted = { large: MadePicture; small: MadePicture }

/** Work on pictures that takes long enough for a thread of its own. */
export type PictureTask =
  | { do: 'cluster'; bytes: Uint8Array; k: number | null; seed: number }
  | { do: 'paint'; large: Uint8Array; small: Uint8Array; colours: readonly string[]; style: PaintStyle }

/** Large enough for every screen here. */
const longestSide = 1600
/** The colours of a picture are the same in a small one, and found in a fraction of the time. */
const sampleSide = 320
const thumbnailSize = { width: 150, height: 105 } as const

/** The colours of a picture, and the picture in them. Throws what the decoder says of bytes that are no picture. */
export async function clusterPicture(bytes: Uint8Array, k: number | null, seed: number): Promise<Clustered> {
  const picture = await decoded(bytes, longestSide)
  const sample = await rawOf(
    sharp(picture.data, { raw: picture }).resize({
      width: sampleSide,
      height: sampleSide,
      fit: 'inside',
      kernel: 'nearest',
    }),
  )
  const { colours, explained } = clusterColours(sample, { k, seed })
  const painted = paint(
    picture,
    colours.map(({ hex }) => hex),
    'flat',
  )
  const [original, small, clustered] = await Promise.all([
    thumbnail(picture),
    thumbnail(painted),
    written(painted, 'flat'),
  ])
  return { colours, explained, clustered, thumbnails: { original, clustered: small } }
}

/** A picture in two sizes in these colours. */
export async function paintPicture({
  large,
  small,
  colours,
  style,
}: Extract<PictureTask, { do: 'paint' }>): Promise<Painted> {
  const inColours = async (bytes: Uint8Array, side: number) =>
    await written(paint(await decoded(bytes, side), colours, style), style)
  return { large: await inColours(large, longestSide), small: await inColours(small, 480) }
}

async function decoded(bytes: Uint8Array, side: number): Promise<RawPicture> {
  const picture = await openPicture(bytes)
  return await rawOf(picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true }))
}

async function rawOf(pipeline: Sharp): Promise<RawPicture> {
  const { data, info } = await pipeline.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  if (info.channels === 3 || info.channels === 4) return { ...sizeOf(info), channels: info.channels, data }
  // Grey, with or without transparency.
  const rgb = await sharp(data, { raw: { ...sizeOf(info), channels: info.channels } })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer()
  const channels = (rgb.length / (info.width * info.height)) as 1 | 3
  return { ...sizeOf(info), channels: 3, data: channels === 3 ? rgb : tripled(rgb) }
}

const sizeOf = ({ width, height }: { width: number; height: number }) => ({ width, height })
const tripled = (grey: Uint8Array) => Uint8Array.from({ length: grey.length * 3 }, (_, n) => grey[(n / 3) | 0] ?? 0)

const thumbnail = (picture: RawPicture): Promise<Uint8Array> =>
  sharp(picture.data, { raw: picture })
    .flatten({ background: 'white' })
    .resize(thumbnailSize)
    .jpeg({ quality: 80 })
    .toBuffer()

/** Few colours are kept exactly, and are small so; many are a photograph. */
async function written(picture: RawPicture, style: PaintStyle): Promise<MadePicture> {
  const from = sharp(picture.data, { raw: picture }).flatten({ background: 'white' })
  const bytes =
    style === 'blend'
      ? await from.jpeg({ quality: 85 }).toBuffer()
      : await from.webp({ lossless: true, effort: 1 }).toBuffer()
  return { ...sizeOf(picture), bytes, contentType: style === 'blend' ? 'image/jpeg' : 'image/webp' }
}
