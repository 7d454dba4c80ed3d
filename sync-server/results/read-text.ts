/** Text of an uploaded file and the encoding it was read in; null when it is no text in any of those we know. */
export function readText(bytes: Uint8Array): { text: string; encoding: string } | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'utf-16le')
  // Shift_JIS text is almost never valid UTF-8, while UTF-8 text is often valid Shift_JIS: so UTF-8 is tried first.
  return decode(bytes, 'utf-8') ?? decode(bytes, 'shift_jis')
}

function decode(bytes: Uint8Array, encoding: string): { text: string; encoding: string } | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : { text, encoding }
  } catch {
    // A byte that the encoding does not have; the caller tries the next.
    return null
  }
}
