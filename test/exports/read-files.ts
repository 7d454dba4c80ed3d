import { strFromU8, unzipSync } from 'fflate'
import { child, descendants, parseXml, type XmlElement } from '../../sync-server/results/parse-xml.ts'

/** All of what an export gives in pieces. */
export async function allOf(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const part of parts) pieces.push(part)
  return new Uint8Array(Buffer.concat(pieces))
}

/** The rows of a workbook's sheet as they are typed: text as strings, the rest as numbers; formulas would be strings with `f:`. */
export function readXlsx(bytes: Uint8Array, sheet = 1): (string | number | null)[][] {
  const root = parseXml(strFromU8(unzipSync(bytes)[`xl/worksheets/sheet${sheet}.xml`]!))
  return descendants(root, 'row').map((row) => row.children.map(cellOf))
}

function cellOf(cell: XmlElement): string | number | null {
  const formula = child(cell, 'f')
  if (formula) return `f:${formula.text}`
  const value = child(cell, 'v')
  if (value) return Number(value.text)
  const [text] = descendants(cell, 't')
  return text ? text.text.replaceAll('_x005F_', '_') : null
}
