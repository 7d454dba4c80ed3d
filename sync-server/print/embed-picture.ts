import type { PdfFile } from './pdf-file.ts'

const spaces: Record<number, string> = {
  1: '/ColorSpace /DeviceGray',
  3: '/ColorSpace /DeviceRGB',
  // As cameras' software writes it, upside down.
  4: '/ColorSpace /DeviceCMYK /Decode [1 0 1 0 1 0 1 0]',
}

/** A JPEG, whose bytes a PDF takes as they are; null for what is none. */
export function embedPicture(file: PdfFile, bytes: Uint8Array): number | null {
  const found = frameOf(bytes)
  const space = found && spaces[found.channels]
  if (!found || !space) return null
  const { width, height, bits } = found
  return file.stream(
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent ${bits} ${space} /Filter /DCTDecode`,
    bytes,
  )
}

/** Of what the first frame says: ITU T.81, B.2.2. */
function frameOf(bytes: Uint8Array): { width: number; height: number; bits: number; channels: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]!
    // A byte that only fills.
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame)
      return {
        bits: bytes[at + 4]!,
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        channels: bytes[at + 9]!,
      }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}
