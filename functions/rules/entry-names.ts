const blanks = /[\s\u3000]+/g
const halfWidthKana = /[\uff61-\uff9f]+/g
const hiragana = /[\u3041-\u3096\u309d\u309e]/g
const katakanaOnly = /^[\u30a1-\u30fe]+(?:\u3000[\u30a1-\u30fe]+)*$/
/** Letters that say nothing, turn lines around or end them: they have no place in a name, a file or a mail's head. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u

/**
 * A name as it is kept: blanks of any width and number become one full-width space, those around it go. The characters
 * stay as they were written: 髙 is not 高.
 */
export const tidyName = (text: string) => text.replace(blanks, '\u3000').replace(/^\u3000|\u3000$/g, '')

/** The same for a team's name, which may hold ordinary spaces: O'Brien & friends. */
export const tidyText = (text: string) =>
  text.replace(blanks, (run) => (run.includes('\u3000') ? '\u3000' : ' ')).trim()

/** Family and given name: exactly one space, something on both sides. */
export const isFullName = (tidied: string) => /^[^\u3000]+\u3000[^\u3000]+$/.test(tidied)

/** A reading as it is kept: hiragana and half-width kana become full-width katakana. */
export function tidyKana(text: string): string {
  const wide = text.replace(halfWidthKana, (run) => run.normalize('NFKC'))
  // 0x60 lies between a hiragana and its katakana: https://www.unicode.org/charts/PDF/U3040.pdf
  const katakana = wide.replace(hiragana, (char) => String.fromCharCode(char.charCodeAt(0) + 0x60))
  return tidyName(katakana)
}

/** Katakana from ァ to ヾ, in parts with a full-width space between. */
export const isKatakana = (tidied: string) => katakanaOnly.test(tidied)

/** Whether every character can be shown, printed and put into a line of a mail; variants of kanji and joined emoji can. */
export const isPrintable = (text: string) => !unprintable.test(text.replace(variants, '').replace(joins, ''))
const variants = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu
const joins = /(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?)\u200d(?=[\p{Extended_Pictographic}\u2640\u2642])/gu
