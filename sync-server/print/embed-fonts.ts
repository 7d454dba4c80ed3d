import { crc32 } from 'node:zlib'
import type { Face, Glyph } from './open-face.ts'
import { type PdfFile, utf16Hex } from './pdf-file.ts'
import { subsetFont } from './subset-font.ts'

/** A face in one PDF: what of it is used, by the numbers that its glyphs have there; 0 is the box for what is missing. */
type Used = { face: Face; name: string; numbers: Map<Glyph, number> }

export type UsedFonts = ReturnType<typeof usedFonts>

/** Gathers which glyphs of which faces a PDF needs, and at the end puts just these into it. */
export function usedFonts() {
  const used = new Map<Face, Used>()
  const opened = (face: Face): Used => {
    const own = used.get(face) ?? { face, name: `F${used.size + 1}`, numbers: new Map([[{ id: 0, text: '' }, 0]]) }
    used.set(face, own)
    return own
  }
  return {
    /** The face's name on the pages, and the text as a string of the numbers of its glyphs. */
    encode(face: Face, glyphs: readonly Glyph[]): { name: string; hex: string } {
      const own = opened(face)
      let hex = ''
      for (const glyph of glyphs) {
        const number = own.numbers.get(glyph) ?? own.numbers.size
        own.numbers.set(glyph, number)
        hex += hexOf(number)
      }
      return { name: own.name, hex }
    },
    /** Answers what pages name as their fonts. */
    embed(file: PdfFile): string {
      return [...used.values()].map((own) => `/${own.name} ${embedFont(file, own)} 0 R`).join(' ')
    },
  }
}

const hexOf = (number: number) => (0x10000 + number).toString(16).slice(1)

/** A composite font whose characters are numbered as its glyphs. ISO 32000-1, 9.7. */
function embedFont(file: PdfFile, { face, numbers }: Used): number {
  const { tables, metrics, unitsPerEm } = face
  const texts = [...numbers.keys()].map(({ text }) => text)
  const glyphs = [...numbers.keys()].map(({ id }) => id)
  const toThousand = (units: number) => Math.round((units * 1000) / unitsPerEm)
  const widths = glyphs.map((glyph) => toThousand(tables.advanceOf(glyph)))
  const name = `${tagOf(glyphs)}+${face.name}`
  // Parts that others are put together of are added at the end and no text names them.
  const bytes = subsetFont(tables, glyphs)
  const program = file.stream(`/Length1 ${bytes.length}`, bytes)
  const { minX, minY, maxX, maxY } = metrics.bbox
  const descriptor = file.dictionary(
    `/Type /FontDescriptor /FontName /${name} /Flags 4 /ItalicAngle 0 /StemV 80 ` +
      `/Ascent ${toThousand(metrics.ascent)} /Descent ${toThousand(metrics.descent)} ` +
      `/CapHeight ${toThousand(metrics.capHeight)} ` +
      `/FontBBox [${[minX, minY, maxX, maxY].map(toThousand).join(' ')}] /FontFile2 ${program} 0 R`,
  )
  const descendant = file.dictionary(
    `/Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDToGIDMap /Identity /DW 1000 ` +
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ' +
      `/FontDescriptor ${descriptor} 0 R /W [0 [${widths.join(' ')}]]`,
  )
  const meanings = file.stream('', Buffer.from(meaningsOf(texts), 'latin1'))
  return file.dictionary(
    `/Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H ` +
      `/DescendantFonts [${descendant} 0 R] /ToUnicode ${meanings} 0 R`,
  )
}

/** Six letters by which a reader tells this part of the font from other parts. */
function tagOf(glyphs: readonly number[]): string {
  let sum = crc32(glyphs.join())
  let tag = ''
  for (let n = 0; n < 6; n++) {
    tag += String.fromCharCode(65 + (sum % 26))
    sum = Math.floor(sum / 26)
  }
  return tag
}

/** What each glyph stands for, so that the text can be searched and copied; in blocks of a hundred. ISO 32000-1, 9.10.3. */
function meaningsOf(texts: readonly string[]): string {
  const lines = texts.flatMap((text, n) => (text === '' ? [] : [`<${hexOf(n)}> <${utf16Hex(text)}>`]))
  const blocks: string[] = []
  for (let from = 0; from < lines.length; from += 100) {
    const some = lines.slice(from, from + 100)
    blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar\n`)
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('')}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
}
