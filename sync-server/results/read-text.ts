import { unreadableFile } from './unreadable-file.ts'

type Text = { text: string; encoding: string }

/** Text of an uploaded file and the encoding it was read in; what is no text in any of those we know is refused. */
export function readText(bytes: Uint8Array): Text {
  if (workbooks.some((start) => startsWith(bytes, start))) throw unreadableFile('workbook')
  const read = readEncoded(bytes)
  if (read === null) throw unreadableFile('not-text')
  if (read.text.trim() === '') throw unreadableFile('empty')
  return read
}

/** How .xlsx and .ods (a zip) and .xls (a compound file) begin. */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
]
const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte)

function readEncoded(bytes: Uint8Array): Text | null {
  if (startsWith(bytes, [0xff, 0xfe])) return decode(bytes, 'utf-16le')
  if (startsWith(bytes, [0xfe, 0xff])) return decode(bytes, 'utf-16be')
  // Shift_JIS text is almost never valid UTF-8, while UTF-8 text is often valid Shift_JIS: so UTF-8 is tried first.
  return decode(bytes, 'utf-8') ?? japanese(bytes)
}

/** EUC-JP read as Shift_JIS is mostly half-width katakana: whichever reading has fewer of them is the right one. */
function japanese(bytes: Uint8Array): Text | null {
  const readings = ['shift_jis', 'euc-jp'].flatMap((encoding) => decode(bytes, encoding) ?? [])
  const halfWidth = ({ text }: Text) => text.match(/[\uff61-\uff9f]/g)?.length ?? 0
  return readings.sort((a, b) => halfWidth(a) - halfWidth(b))[0] ?? null
}

function decode(bytes: Uint8Array, encoding: string): Text | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : { text, encoding }
  } catch {
    // A byte that the encoding does not have; the caller tries the next.
    return null
  }
}
