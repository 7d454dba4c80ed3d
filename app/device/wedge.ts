/**
 * A scanner that types, as a keyboard does. What arrives in the field depends on the input method: full-width letters
 * are folded back, and where kana came out instead, the keys themselves say which letters were meant.
 */
export type Wedge = {
  keydown(event: Pick<KeyboardEvent, 'code' | 'shiftKey' | 'key' | 'isComposing'>): void
  /** What was scanned, by the field's text, else by the keys; null when there is nothing. */
  take(fieldText: string): string | null
  /** Whether an input method stood between scanner and field since the last take. */
  composed(): boolean
}

/** Only what a bib's code or an invitation holds; on a Japanese keyboard the colon is where others have the quote. */
const asciiText = /^[\x20-\x7e]+$/

export function createWedge(): Wedge {
  let keys = ''
  let composing = false
  return {
    keydown({ code, shiftKey, key, isComposing }) {
      if (isComposing || key === 'Process') composing = true
      keys += letterOf(code, shiftKey, key)
    },
    take(fieldText) {
      const typed = fieldText.normalize('NFKC').trim()
      const text = asciiText.test(typed) ? typed : keys || typed
      keys = ''
      composing = false
      return text === '' ? null : text
    },
    composed: () => composing,
  }
}

function letterOf(code: string, shiftKey: boolean, key: string): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shiftKey ? letter : letter.toLowerCase()
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1]
  if (digit && !shiftKey) return digit
  if (key.length === 1 && asciiText.test(key)) return key
  if (code === 'Semicolon' || code === 'Quote') return ':'
  return code === 'Minus' ? '-' : ''
}
