import type { PictureProblem } from '../../design-docs/pictures.ts'
import { metadataLimitBytes, profileLimitBytes, type Structure, weigh } from './picture-limits.ts'

/** So many passes over one picture are no camera's; each costs the decoder a walk over all of it. */
const mostScans = 100
const mostScannedPixels = 1_000_000_000

/**
 * What a JPEG says before anything of it is unpacked: size, scans, how much else it carries, and whether it is all there.
 * What follows its end, as depth maps and short films of phones do, is left alone. ITU-T T.81, annex B.
 */
export function jpegStructure(bytes: Uint8Array): Structure | { problem: PictureProblem } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let frame: Structure | null = null
  let [scans, metadata, profile] = [0, 0, 0]
  for (let at = 2; ; ) {
    if (at + 1 >= file.length) return { problem: 'truncated' }
    if (file[at] !== 0xff) return { problem: 'damaged' }
    const marker = file[at + 1] ?? 0
    // Any number of 0xFF may stand before a marker.
    if (marker === 0xff) {
      at++
      continue
    }
    at += 2
    if (marker === 0xd9) break
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue
    if (marker === 0x00 || marker === 0xd8) return { problem: 'damaged' }
    if (at + 2 > file.length) return { problem: 'truncated' }
    const length = file.readUInt16BE(at)
    if (length < 2) return { problem: 'damaged' }
    if (at + length > file.length) return { problem: 'truncated' }
    if (isFrame(marker)) {
      // Baseline, extended and progressive in Huffman codes, of eight bits, are what phones and browsers know.
      if (marker > 0xc2 || file[at + 2] !== 8) return { problem: 'unsupported' }
      if (frame || length < 8) return { problem: 'damaged' }
      const [height, width] = [file.readUInt16BE(at + 3), file.readUInt16BE(at + 5)]
      const components = file[at + 7] ?? 0
      if (width === 0 || height === 0 || ![1, 3, 4].includes(components)) return { problem: 'damaged' }
      if (length !== 8 + 3 * components) return { problem: 'damaged' }
      // A progressive picture's coefficients, two bytes each, all stand in memory until the last scan.
      const seen = weigh({ width, height, unpackedBytes: marker === 0xc2 ? width * height * components * 2 : 0 })
      if (seen.problem) return seen
      frame = seen
    } else if ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe) {
      metadata += length
      if (marker === 0xe2 && file.toString('latin1', at + 2, at + 13) === 'ICC_PROFILE') profile += length
    }
    if (metadata > metadataLimitBytes || profile > profileLimitBytes) return { problem: 'too-much-metadata' }
    at += length
    if (marker !== 0xda) continue
    if (!frame) return { problem: 'damaged' }
    scans++
    if (scans > mostScans || scans * frame.width * frame.height > mostScannedPixels)
      return { problem: 'too-many-scans' }
    at = endOfScan(file, at)
  }
  return frame && scans > 0 ? frame : { problem: 'damaged' }
}

const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Where the next marker is that is not part of the scan; the end of the file when there is none. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1 && at + 1 < file.length; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1] ?? 0
    if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return file.length
}
