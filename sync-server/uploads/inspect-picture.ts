import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { previewLimitBytes } from '../../design-docs/databases.ts'
import type { PictureTold } from '../../design-docs/uploads.ts'
import { admitPicture, type NotAdmitted, type Scanning } from '../images/admit-picture.ts'
import { readExif } from './read-exif.ts'

export const pieceBytes = 131_072

/** What an uploaded file is, by its bytes alone: neither its name nor what its sender calls it counts. */
export type Inspected =
  | NotAdmitted
  | {
      problem?: undefined
      contentType: 'image/jpeg' | 'image/png' | 'image/heic'
      width: number
      height: number
      told: PictureTold
      /** SHA-256 of each piece, as the fact of a photo names them. */
      pieces: string[]
      /** 150×105, JPEG, at most 8 KB. */
      preview: Buffer
    }

export async function inspectPicture(scanner: Scanning, bytes: Uint8Array): Promise<Inspected> {
  const seen = await admitPicture(scanner, bytes)
  if (seen.problem) return seen
  const { small, ...checked } = seen
  const preview = await previewOf(small)
  return { ...checked, preview, told: await readExif(bytes), pieces: piecesOf(bytes) }
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
