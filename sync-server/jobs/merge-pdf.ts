import { readOwnPdf } from '../print/read-own-pdf.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')

/**
 * One PDF out of many of our own, page after page, written while the next one is read: only one of them is in memory,
 * besides a number for each of its objects. ISO 32000-1, 7.5.
 */
export async function* mergePdf(pdfs: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const catalog = 1
  const root = 2
  /** Where each object begins, by its number. */
  const offsets: number[] = [0, 0, 0]
  const pages: number[] = []
  let written = 0
  const out = (...parts: Uint8Array[]) => {
    const bytes = Buffer.concat(parts)
    written += bytes.length
    return bytes
  }
  yield out(latin('%PDF-1.7\n%'), Buffer.from([0xe2, 0xe3, 0xcf, 0xd3]), latin('\n'))
  for await (const bytes of pdfs) {
    const own = readOwnPdf(bytes)
    const shift = offsets.length - 1
    for (let n = 0; n < own.largest; n++) offsets.push(0)
    for (const page of own.pages) pages.push(page + shift)
    for (const { number, dictionary, stream } of own.objects) {
      offsets[number + shift] = written
      const moved = dictionary.replace(/(\d+) 0 R/g, (_, text: string) => {
        return `${Number(text) === own.parent ? root : Number(text) + shift} 0 R`
      })
      const content = stream ? [latin('\nstream\n'), stream, latin('\nendstream')] : []
      yield out(latin(`${number + shift} 0 obj\n${moved}`), ...content, latin('\nendobj\n'))
    }
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
