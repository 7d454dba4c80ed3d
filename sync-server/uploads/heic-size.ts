/**
 * Width and height of a HEIC file by its largest `ispe` box, since nothing here can decode it; null when it names none.
 * ISO/IEC 23008-12, 6.5.3: size, `ispe`, version and flags, width, height, each of four bytes.
 */
export function heicSize(bytes: Uint8Array): { width: number; height: number } | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let largest: { width: number; height: number } | null = null
  for (let at = file.indexOf('ispe'); at !== -1 && at + 16 <= file.length; at = file.indexOf('ispe', at + 4)) {
    const size = { width: file.readUInt32BE(at + 8), height: file.readUInt32BE(at + 12) }
    if (!fits(size.width) || !fits(size.height)) continue
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

/** As the fact of a photo takes it. */
const fits = (side: number) => side >= 1 && side <= 20_000
