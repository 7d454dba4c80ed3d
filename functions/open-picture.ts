import sharp, { type Sharp } from 'sharp'
import { uploadLimitPixels } from '../design-docs/uploads.ts'
import { pictureType } from './rules/picture-type.ts'
import { unpackHeic } from './unpack-heic.ts'

/**
 * A picture of any type that is taken here, upright and still to be drawn. Whatever draws it rejects when it is damaged, or
 * claims more pixels than are taken: a file of a few kilobytes can claim a picture that fills the memory.
 */
export async function openPicture(bytes: Uint8Array): Promise<Sharp> {
  if (pictureType(bytes) !== 'image/heic') {
    return sharp(bytes, { limitInputPixels: uploadLimitPixels, failOn: 'error', sequentialRead: true }).autoOrient()
  }
  const { data, ...raw } = await unpackHeic(bytes, uploadLimitPixels)
  return sharp(data, { raw })
}
