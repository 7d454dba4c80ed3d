import { decodeQR } from 'qr/decode.js'
import type { ReadCode } from './code-reader.ts'

/** Reads by plain JavaScript, which every browser has. It is loaded only where nothing better starts. */
export const readByScript: ReadCode = async (image) => {
  try {
    return decodeQR(image)
  } catch {
    // Its way of saying that there is no code in the picture, or none that is whole.
    return null
  }
}
