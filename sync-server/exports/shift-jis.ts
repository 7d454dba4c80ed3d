/** Bytes of each character that Shift_JIS as spreadsheets know it (Windows-31J) has, made from the platform's own reading. */
const table = new Map<string, readonly number[]>()

function fill(): void {
  const decoder = new TextDecoder('shift_jis', { fatal: true })
  const add = (...bytes: number[]) => {
    const char = readOne(decoder, bytes)
    if (char !== null && !table.has(char)) table.set(char, bytes)
  }
  for (let one = 0; one < 0x80; one++) add(one)
  for (let one = 0xa1; one < 0xe0; one++) add(one)
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    // Half-width katakana, NEC's copies of IBM's characters and the private ones: each has a better form, or none.
    const isSkipped = (lead >= 0xa0 && lead < 0xe0) || lead === 0xed || lead === 0xee || (lead >= 0xf0 && lead <= 0xf9)
    if (isSkipped) continue
    for (let trail = 0x40; trail <= 0xfc; trail++) if (trail !== 0x7f) add(lead, trail)
  }
}

function readOne(decoder: TextDecoder, bytes: readonly number[]): string | null {
  try {
    const text = decoder.decode(Uint8Array.from(bytes))
    return [...text].length === 1 ? text : null
  } catch {
    // No character has these bytes.
    return null
  }
}

/** The text as Shift_JIS, each character that it does not have replaced by what `instead` says. */
export function toShiftJis(text: string, instead: (char: string) => string): Uint8Array {
  if (table.size === 0) fill()
  const bytes: number[] = []
  for (const char of text) {
    const known = table.get(char)
    if (known) bytes.push(...known)
    else for (const other of instead(char)) bytes.push(...(table.get(other) ?? [0x3f]))
  }
  return Uint8Array.from(bytes)
}

/** Characters of the text that Shift_JIS does not have, each once. */
export function notInShiftJis(text: string): string[] {
  if (table.size === 0) fill()
  return [...new Set(text)].filter((char) => !table.has(char))
}

/** As HTML writes it: `&#134071;` is 𠮷. */
export const byNumberOf = (char: string) => `&#${char.codePointAt(0)};`
