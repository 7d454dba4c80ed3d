import type { PictureProblem } from '../../design-docs/pictures.ts'
import { uploadLimitBytes } from '../../design-docs/uploads.ts'
import { openPicture } from '../../functions/open-picture.ts'
import { pictureType } from '../../functions/rules/picture-type.ts'
import { turns } from '../turns.ts'
import { heicStructure } from './heic-structure.ts'
import { jpegStructure } from './jpeg-structure.ts'
import type { Structure } from './picture-limits.ts'
import { pngStructure } from './png-structure.ts'

export type CheckedPicture = {
  problem?: undefined
  contentType: 'image/jpeg' | 'image/png' | 'image/heic'
  width: number
  height: number
  /** 300×210, upright, cropped: the whole was decoded to draw it. */
  small: Buffer
}

/** Pictures that are unpacked at once, whoever brings them; each takes some tens of megabytes. */
const inTurn = turns(2)
const decodeSeconds = 20

const structures = { 'image/jpeg': jpegStructure, 'image/png': pngStructure, 'image/heic': heicStructure } as const

/**
 * The one door for every picture from outside: neither name nor declared type count, only what the bytes are. First
 * what the file says of itself is read, without unpacking; then it is decoded to its last line, which proves
 * that it is whole.
 */
export async function checkPicture(
  bytes: Uint8Array,
  limitBytes: number = uploadLimitBytes,
): Promise<CheckedPicture | { problem: PictureProblem }> {
  if (bytes.length === 0) return { problem: 'empty' }
  if (bytes.length > limitBytes) return { problem: 'too-large' }
  const contentType = pictureType(bytes)
  if (contentType === null || contentType === 'image/webp') return { problem: 'unsupported' }
  const seen: Structure | { problem: PictureProblem } = structures[contentType](bytes)
  if (seen.problem) return { problem: seen.problem }
  const { width, height } = seen
  const small = await inTurn(() => decoded(bytes))
  return small ? { contentType, width, height, small } : { problem: 'unreadable' }
}

/** Null when the decoder stumbles, or has not ended in time. */
async function decoded(bytes: Uint8Array): Promise<Buffer | null> {
  try {
    const picture = await openPicture(bytes)
    return await picture
      .timeout({ seconds: decodeSeconds })
      .resize({ width: 300, height: 210, fit: 'cover' })
      .flatten()
      .png({ compressionLevel: 0 })
      .toBuffer()
  } catch {
    return null
  }
}
