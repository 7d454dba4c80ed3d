import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { previewLimitBytes } from '../../design-docs/databases.ts'
import { type PictureTold, type RefusedCode, uploadLimitBytes, uploadLimitPixels } from '../../design-docs/uploads.ts'
import { pictureType } from '../images/picture-type.ts'
import { heicSize } from './heic-size.ts'
import { readExif } from './read-exif.ts'

export const pieceBytes = 131_072

/** What an uploaded file is, by its bytes alone: neither its name nor what its sender calls it counts. */
export type Inspected =
  | { problem: RefusedCode }
  | {
      problem?: undefined
      contentType: 'image/jpeg' | 'image/png' | 'image/heic'
      width: number
      height: number
      told: PictureTold
      /** SHA-256 of each piece, as the fact of a photo names them. */
      pieces: string[]
      /** 150×105, JPEG, at most 8 KB; none of a HEIC file, which nothing here can decode. */
      preview?: Buffer
    }

export async function inspectPicture(bytes: Uint8Array): Promise<Inspected> {
  if (bytes.length === 0) return { problem: 'empty' }
  if (bytes.length > uploadLimitBytes) return { problem: 'too-large' }
  const contentType = pictureType(bytes)
  if (contentType === null || contentType === 'image/webp') return { problem: 'unsupported' }
  const seen = contentType === 'image/heic' ? heicSeen(bytes) : await decoded(bytes)
  if ('problem' in seen) return seen
  return { contentType, ...seen, told: await readExif(bytes), pieces: piecesOf(bytes) }
}

const heicSeen = (bytes: Uint8Array) => heicSize(bytes) ?? { problem: 'unreadable' as const }

type Seen = { width: number; height: number; preview: Buffer } | { problem: RefusedCode }

/** The header is asked first, so that a picture that would fill the memory is never unpacked. */
async function decoded(bytes: Uint8Array): Promise<Seen> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
    if (width * height > uploadLimitPixels || Math.max(width, height) > 20_000) return { problem: 'too-many-pixels' }
    // One decoding draws the preview and proves that the whole picture is there.
    const small = await sharp(bytes, { limitInputPixels: uploadLimitPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: 300, height: 210, fit: 'cover' })
      .flatten()
      .png({ compressionLevel: 0 })
      .toBuffer()
    return { width, height, preview: await previewOf(small) }
  } catch {
    return { problem: 'unreadable' }
  }
}

async function previewOf(small: Buffer): Promise<Buffer> {
  for (const quality of [70, 45, 20]) {
    const preview = await sharp(small).resize({ width: 150, height: 105 }).jpeg({ quality }).toBuffer()
    if (preview.length <= previewLimitBytes) return preview
  }
  return await sharp(small).resize({ width: 150, height: 105 }).blur(3).jpeg({ quality: 10 }).toBuffer()
}

function piecesOf(bytes: Uint8Array): string[] {
  const pieces: string[] = []
  for (let from = 0; from < bytes.length; from += pieceBytes)
    pieces.push(
      createHash('sha256')
        .update(bytes.subarray(from, from + pieceBytes))
        .digest('hex'),
    )
  return pieces
}
