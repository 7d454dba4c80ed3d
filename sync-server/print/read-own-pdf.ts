export type PdfObject = { number: number; dictionary: string; stream: Uint8Array | null }
export type OwnPdf = {
  /** Besides catalog, list of pages and what is said about the whole. */
  objects: PdfObject[]
  /** Numbers of the pages, in order. */
  pages: number[]
  /** Of the list of pages, which every page names. */
  parent: number
  largest: number
}

/**
 * The objects of a PDF that `pdfFile` wrote, by its table. No other is read: it has no streams of objects, no strings
 * that look like references, and nothing behind its end.
 */
export function readOwnPdf(bytes: Uint8Array): OwnPdf {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file.toString('latin1', file.length - 40))?.[1])
  if (!(table > 0)) throw new Error('this PDF is not one of ours')
  const [head = '', trailer = ''] = file.toString('latin1', table).split('trailer')
  const offsets = [...head.matchAll(/^(\d{10}) \d{5} [nf] $/gm)].map(([, offset]) => Number(offset))
  const numbers = offsets.map((_, number) => number).slice(1)
  const read = (number: number): PdfObject => objectAt(file, offsets[number]!, number)
  const root = referenceIn(trailer, 'Root')
  const parent = referenceIn(read(root).dictionary, 'Pages')
  const kids = /\/Kids \[([^\]]*)\]/.exec(read(parent).dictionary)?.[1] ?? ''
  const leftOut = new Set([root, parent, referenceIn(trailer, 'Info')])
  return {
    objects: numbers.filter((number) => !leftOut.has(number)).map(read),
    pages: [...kids.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number)),
    parent,
    largest: numbers.length,
  }
}

function referenceIn(text: string, key: string): number {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(text)?.[1]
  if (found === undefined) throw new Error(`this PDF has no ${key}`)
  return Number(found)
}

const begin = '>>\nstream\n'
const end = '\nendobj\n'

function objectAt(file: Buffer, offset: number, number: number): PdfObject {
  const from = file.indexOf('<<', offset)
  const stop = file.indexOf(end, from)
  const opened = file.indexOf(begin, from)
  if (opened < 0 || opened > stop) return { number, dictionary: file.toString('latin1', from, stop), stream: null }
  const dictionary = file.toString('latin1', from, opened + 2)
  const content = opened + begin.length
  // By its length: what is in it may look like its end.
  const length = Number(/\/Length (\d+) >>$/.exec(dictionary)?.[1])
  return { number, dictionary, stream: file.subarray(content, content + length) }
}
