export type FontTables = {
  /** Null where the font has none of this name. */
  table(tag: string): Uint8Array | null
  advanceOf(glyph: number): number
  bearingOf(glyph: number): number
  /** Its bytes as they lie in the font; none for what is blank. */
  outline(glyph: number): Uint8Array
}

/** The tables of a TrueType font's file, read where they lie. https://learn.microsoft.com/typography/opentype/spec/otff */
export function fontTables(file: Buffer): FontTables {
  const places = new Map<string, Buffer>()
  for (let n = 0; n < file.readUInt16BE(4); n++) {
    const at = 12 + n * 16
    const offset = file.readUInt32BE(at + 8)
    places.set(file.toString('latin1', at, at + 4), file.subarray(offset, offset + file.readUInt32BE(at + 12)))
  }
  const required = (tag: string) => {
    const found = places.get(tag)
    if (!found) throw new Error(`the font has no table ${tag}`)
    return found
  }
  const [metrics, offsets, outlines] = [required('hmtx'), required('loca'), required('glyf')]
  const measured = required('hhea').readUInt16BE(34)
  const isLong = required('head').readInt16BE(50) === 1
  const offsetOf = (glyph: number) => (isLong ? offsets.readUInt32BE(glyph * 4) : offsets.readUInt16BE(glyph * 2) * 2)
  return {
    table: (tag) => places.get(tag) ?? null,
    // Those behind the last one that is measured are as wide as it.
    advanceOf: (glyph) => metrics.readUInt16BE(Math.min(glyph, measured - 1) * 4),
    bearingOf: (glyph) => metrics.readInt16BE(glyph < measured ? glyph * 4 + 2 : measured * 4 + (glyph - measured) * 2),
    outline: (glyph) => outlines.subarray(offsetOf(glyph), offsetOf(glyph + 1)),
  }
}
