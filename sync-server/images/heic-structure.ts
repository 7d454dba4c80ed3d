import type { PictureProblem } from '../../design-docs/pictures.ts'
import { metadataLimitBytes, type Structure, weigh } from './picture-limits.ts'

/**
 * What a HEIC file says by its boxes before anything decodes it: whether they are all there, and the size of its largest
 * `ispe`. ISO/IEC 14496-12, 4.2 (a box is size and type); 23008-12, 6.5.3 (`ispe`).
 */
export function heicStructure(bytes: Uint8Array): Structure | { problem: PictureProblem } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let meta: Buffer | null = null
  for (let at = 0; at < file.length; ) {
    if (at + 8 > file.length) return { problem: 'truncated' }
    const name = file.toString('latin1', at + 4, at + 8)
    const said = file.readUInt32BE(at)
    // 1: the size follows in eight bytes; 0: to the end of the file.
    const wide = said === 1 && at + 16 <= file.length ? Number(file.readBigUInt64BE(at + 8)) : said
    const size = said === 0 ? file.length - at : wide
    if (size < 8) return { problem: 'damaged' }
    if (at + size > file.length) return { problem: 'truncated' }
    if (name === 'moov') return { problem: 'animated' }
    if (name === 'meta') meta = file.subarray(at + 8, at + size)
    at += size
  }
  if (!meta) return { problem: 'damaged' }
  if (meta.length > metadataLimitBytes) return { problem: 'too-much-metadata' }
  const size = largest(meta)
  return size ? weigh({ ...size, unpackedBytes: 0 }) : { problem: 'damaged' }
}

function largest(meta: Buffer): { width: number; height: number } | null {
  let found: { width: number; height: number } | null = null
  for (let at = meta.indexOf('ispe'); at !== -1 && at + 16 <= meta.length; at = meta.indexOf('ispe', at + 4)) {
    const size = { width: meta.readUInt32BE(at + 8), height: meta.readUInt32BE(at + 12) }
    if (size.width === 0 || size.height === 0) continue
    if (!found || size.width * size.height > found.width * found.height) found = size
  }
  return found
}
