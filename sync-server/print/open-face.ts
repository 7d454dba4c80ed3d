import { create, type Font } from 'fontkit'
import { type FontTables, fontTables } from './font-tables.ts'

/** A character as it is drawn, with what it stands for; 0 is the empty box. The same one is the same object. */
export type Glyph = { id: number; text: string }
export type Face = {
  name: string
  /** Of a letter's height: what sizes and widths are counted in. */
  unitsPerEm: number
  tables: FontTables
  metrics: Pick<Font, 'ascent' | 'descent' | 'capHeight' | 'bbox'>
  glyphs(text: string): Glyph[]
  /** Whether nothing of the text would be an empty box. */
  canDraw(text: string): boolean
}

/** Marks, joiners and selectors of variants, for which the font has rules of its own. */
const joined = /\p{M}|\u200d|[\ufe00-\ufe0f\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\u{e0100}-\u{e01ef}]/u

const unseen = /[\u200d\ufe00-\ufe0f]/g

/** A font of which glyphs are asked for, and parts are put into PDFs. */
export function openFace(file: Buffer): Face {
  const font = create(file) as Font
  const known = new Map<string, Glyph>()
  const glyphOf = (id: number, text: string): Glyph => {
    const glyph = known.get(text)
    if (glyph?.id === id) return glyph
    const fresh = { id, text }
    if (!glyph) known.set(text, fresh)
    return fresh
  }
  const single = (character: string): Glyph => {
    const before = known.get(character)
    if (before) return before
    const point = character.codePointAt(0)!
    return glyphOf(font.hasGlyphForCodePoint(point) ? font.glyphForCodePoint(point).id : 0, character)
  }
  const glyphs = (text: string): Glyph[] => {
    if (!joined.test(text)) return Array.from(text, single)
    const { glyphs: laidOut } = font.layout(text)
    // Of its boxes the font does not say what they stand for, so each character is looked at by itself.
    if (laidOut.some(({ id }) => id === 0)) return Array.from(text.replace(unseen, ''), single)
    return laidOut.map(({ id, codePoints }) => glyphOf(id, String.fromCodePoint(...codePoints)))
  }
  return {
    name: font.postscriptName ?? 'Font',
    unitsPerEm: font.unitsPerEm,
    tables: fontTables(file),
    metrics: font,
    glyphs,
    canDraw: (text) => glyphs(text).every(({ id }) => id > 0),
  }
}
