import type { FontTables } from './font-tables.ts'

type Part = { tag: string; bytes: Uint8Array }

/**
 * A TrueType font of these glyphs alone, numbered by their place in the list, which is added to where a glyph is put
 * together of others. What only a browser or an editor needs is left out.
 * https://learn.microsoft.com/typography/opentype/spec/otff
 */
export function subsetFont(tables: FontTables, glyphs: number[]): Uint8Array {
  const outlines: Uint8Array[] = []
  // Grows while it is walked.
  for (let n = 0; n < glyphs.length; n++) outlines.push(outlineOf(tables, glyphs[n]!, glyphs))
  const count = glyphs.length
  const offsets = Buffer.alloc((count + 1) * 4)
  const metrics = Buffer.alloc(count * 4)
  let length = 0
  outlines.forEach((outline, n) => {
    length += outline.length
    offsets.writeUInt32BE(length, (n + 1) * 4)
    metrics.writeUInt16BE(tables.advanceOf(glyphs[n]!), n * 4)
    metrics.writeInt16BE(tables.bearingOf(glyphs[n]!), n * 4 + 2)
  })
  const head = Buffer.from(tables.table('head')!)
  head.writeUInt32BE(0, 8)
  head.writeInt16BE(1, 50)
  const hhea = Buffer.from(tables.table('hhea')!)
  hhea.writeUInt16BE(count, 34)
  const maxp = Buffer.from(tables.table('maxp')!)
  maxp.writeUInt16BE(count, 4)
  const hints = ['cvt ', 'fpgm', 'prep'].flatMap((tag): Part[] => {
    const bytes = tables.table(tag)
    return bytes ? [{ tag, bytes }] : []
  })
  return fontFile([
    ...hints,
    { tag: 'glyf', bytes: Buffer.concat(outlines, length) },
    { tag: 'head', bytes: head },
    { tag: 'hhea', bytes: hhea },
    { tag: 'hmtx', bytes: metrics },
    { tag: 'loca', bytes: offsets },
    { tag: 'maxp', bytes: maxp },
  ])
}

const wordArguments = 0x0001
const oneScale = 0x0008
const moreParts = 0x0020
const twoScales = 0x0040
const fourScales = 0x0080

/** A glyph's outline, a multiple of four bytes long; the parts of one that is put together have their new numbers. */
function outlineOf(tables: FontTables, glyph: number, glyphs: number[]): Uint8Array {
  const found = tables.outline(glyph)
  const own = Buffer.alloc((found.length + 3) & ~3)
  own.set(found)
  if (found.length === 0 || own.readInt16BE(0) >= 0) return own
  for (let at = 10, flags = moreParts; flags & moreParts; ) {
    flags = own.readUInt16BE(at)
    const part = own.readUInt16BE(at + 2)
    const known = glyphs.indexOf(part)
    own.writeUInt16BE(known >= 0 ? known : glyphs.push(part) - 1, at + 2)
    at += 4 + (flags & wordArguments ? 4 : 2)
    at += flags & oneScale ? 2 : flags & twoScales ? 4 : flags & fourScales ? 8 : 0
  }
  return own
}

function fontFile(parts: readonly Part[]): Uint8Array {
  const directory = Buffer.alloc(12 + parts.length * 16)
  const power = Math.floor(Math.log2(parts.length))
  directory.writeUInt32BE(0x00010000, 0)
  directory.writeUInt16BE(parts.length, 4)
  directory.writeUInt16BE(16 * 2 ** power, 6)
  directory.writeUInt16BE(power, 8)
  directory.writeUInt16BE(16 * (parts.length - 2 ** power), 10)
  let offset = directory.length
  const padded = parts.map(({ tag, bytes }, n) => {
    const own = Buffer.alloc((bytes.length + 3) & ~3)
    own.set(bytes)
    const at = 12 + n * 16
    directory.write(tag, at, 'latin1')
    directory.writeUInt32BE(sumOf(own), at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(bytes.length, at + 12)
    offset += own.length
    return own
  })
  return Buffer.concat([directory, ...padded], offset)
}

function sumOf(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) | 0
  return sum >>> 0
}
