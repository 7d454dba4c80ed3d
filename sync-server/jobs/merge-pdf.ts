import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib'

const latin = (text: string) => Buffer.from(text, 'latin1')
const leftOut = new Set(['/ObjStm', '/XRef', '/Catalog', '/Pages'])

/**
 * One PDF out of many, page after page, written while the next one is read: only one of them is in memory, besides a
 * number for each of its objects. ISO 32000-1, 7.5.
 */
export async function* mergePdf(pdfs: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const catalog = 1
  const root = 2
  /** Where each object begins, by its number. */
  const offsets: number[] = [0, 0, 0]
  const pages: number[] = []
  let written = 0
  const out = (bytes: Uint8Array) => {
    written += bytes.length
    return bytes
  }
  yield out(Buffer.concat([latin('%PDF-1.7\n%'), Buffer.from([0xe2, 0xe3, 0xcf, 0xd3]), latin('\n')]))
  for await (const bytes of pdfs) {
    const doc = await PDFDocument.load(bytes, { updateMetadata: false })
    const shift = offsets.length - 1
    const own = new Set(doc.getPages().map(({ ref }) => ref.objectNumber))
    for (const page of doc.getPages()) pages.push(page.ref.objectNumber + shift)
    for (const [ref, object] of doc.context.enumerateIndirectObjects()) {
      if (leftOut.has(typeOf(object))) continue
      const number = ref.objectNumber + shift
      while (offsets.length <= number) offsets.push(0)
      offsets[number] = written
      const parent = own.has(ref.objectNumber) ? root : null
      yield out(Buffer.concat([latin(`${number} 0 obj\n`), contentOf(object, { shift, parent }), latin('\nendobj\n')]))
    }
    const last = shift + doc.context.largestObjectNumber
    while (offsets.length <= last) offsets.push(0)
  }
  offsets[root] = written
  const kids = pages.map((page) => `${page} 0 R`).join('\n')
  yield out(latin(`${root} 0 obj\n<< /Type /Pages /Count ${pages.length} /Kids [\n${kids}\n] >>\nendobj\n`))
  offsets[catalog] = written
  yield out(latin(`${catalog} 0 obj\n<< /Type /Catalog /Pages ${root} 0 R >>\nendobj\n`))
  const table = written
  yield out(latin(`xref\n0 ${offsets.length}\n0000000000 65535 f \n`))
  for (let from = 1; from < offsets.length; from += 10_000) {
    const lines = offsets.slice(from, from + 10_000).map((offset) => {
      return offset === 0 ? '0000000000 00000 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
    })
    yield out(latin(lines.join('')))
  }
  yield out(latin(`trailer\n<< /Size ${offsets.length} /Root ${catalog} 0 R >>\nstartxref\n${table}\n%%EOF\n`))
}

type Moved = {
  /** Added to every object's number. */
  shift: number
  /** What a page now belongs to; null for what is no page. */
  parent: number | null
}

const dictOf = (object: PDFObject) =>
  object instanceof PDFStream ? object.dict : object instanceof PDFDict ? object : null
const typeOf = (object: PDFObject) => dictOf(object)?.get(PDFName.of('Type'))?.toString() ?? ''

function contentOf(object: PDFObject, moved: Moved): Uint8Array {
  if (!(object instanceof PDFRawStream)) return latin(textOf(object, moved))
  const { contents } = object
  const entries = [...object.dict.entries()].filter(([name]) => name.toString() !== '/Length')
  const text = entries.map(([name, value]) => `${name} ${textOf(value, moved)}`).join('\n')
  return Buffer.concat([latin(`<< ${text}\n/Length ${contents.length} >>\nstream\n`), contents, latin('\nendstream')])
}

function textOf(object: PDFObject, moved: Moved): string {
  if (object instanceof PDFRef) return `${object.objectNumber + moved.shift} 0 R`
  if (object instanceof PDFArray)
    return `[ ${object
      .asArray()
      .map((one) => textOf(one, moved))
      .join(' ')} ]`
  if (!(object instanceof PDFDict)) return object.toString()
  const lines = [...object.entries()].map(([name, value]) => {
    const isParent = moved.parent !== null && name.toString() === '/Parent'
    return `${name} ${isParent ? `${moved.parent} 0 R` : textOf(value, { ...moved, parent: null })}`
  })
  return `<< ${lines.join('\n')} >>`
}
