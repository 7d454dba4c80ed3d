import { type Box, fitText, type MeasureText, type PrintPage, type PrintShape } from './print-shapes.ts'

export const perPageChoices = [1, 2, 4, 8] as const
export type PerPage = (typeof perPageChoices)[number]

/** What a bib says. Without a name it is a blank one, with a line to write on. */
export type PrintedBib = {
  number: string
  issue: number
  /** What its QR holds. */
  text: string
  name: string
  classes: string
  event: string
}

/** A4, cut in halves again and again, so that every bib is wider than high in the same measure. */
const sheets: Record<PerPage, { width: number; height: number; columns: number; rows: number }> = {
  1: { width: 297, height: 210, columns: 1, rows: 1 },
  2: { width: 210, height: 297, columns: 1, rows: 2 },
  4: { width: 297, height: 210, columns: 2, rows: 2 },
  8: { width: 210, height: 297, columns: 2, rows: 4 },
}

/** Bibs on as many pages as they take, in the order given. */
export function bibPages(
  bibs: readonly PrintedBib[],
  { perPage, measure }: { perPage: PerPage; measure: MeasureText },
): PrintPage[] {
  const { width, height, columns, rows } = sheets[perPage]
  const pages = Math.ceil(bibs.length / perPage)
  const cell = { width: width / columns, height: height / rows }
  return Array.from({ length: pages }, (_, page) => {
    const shapes = bibs.slice(page * perPage, (page + 1) * perPage).flatMap((bib, n) => {
      const at = { x: (n % columns) * cell.width, y: Math.floor(n / columns) * cell.height }
      return bibShapes(bib, { ...at, ...cell }, measure)
    })
    return { width, height, shapes: [...shapes, ...cuts(sheets[perPage])] }
  })
}

/** The number is read from afar, the code from near; both keep clear of the corners, where pins go. */
function bibShapes(bib: PrintedBib, cell: Box, measure: MeasureText): PrintShape[] {
  const unit = cell.height / 100
  const box = (x: number, y: number, width: number, height: number): Box => ({
    x: cell.x + x * unit,
    y: cell.y + y * unit,
    width: width * unit,
    height: height * unit,
  })
  const codeSize = 50
  const regular = { weight: 'regular', align: 'middle', measure } as const
  const bold = { weight: 'bold', align: 'middle', measure } as const
  const code = box(84, 19, codeSize, codeSize)
  return [
    ...fitText(bib.event, box(12, 5, 117, 8), { ...regular, largest: 6 * unit }),
    ...fitText(bib.number, box(6, 15, 74, 50), { ...bold, largest: 44 * unit }),
    { kind: 'code', text: bib.text, x: code.x, y: code.y, size: code.width },
    ...fitText(`${bib.number}-${bib.issue}`, box(84, 71, codeSize, 5), { ...regular, largest: 4 * unit }),
    ...(bib.name === ''
      ? [
          {
            kind: 'line',
            x: cell.x + 14 * unit,
            y: cell.y + 84 * unit,
            toX: cell.x + 78 * unit,
            toY: cell.y + 84 * unit,
          } as const,
        ]
      : fitText(bib.name, box(6, 66, 74, 20), { ...bold, largest: 11 * unit })),
    ...fitText(bib.classes, box(12, 87, 117, 8), { ...regular, largest: 6 * unit }),
  ]
}

function cuts({
  width,
  height,
  columns,
  rows,
}: {
  width: number
  height: number
  columns: number
  rows: number
}): PrintShape[] {
  const upright = Array.from({ length: columns - 1 }, (_, n) => ((n + 1) * width) / columns)
  const level = Array.from({ length: rows - 1 }, (_, n) => ((n + 1) * height) / rows)
  return [
    ...upright.map((x): PrintShape => ({ kind: 'line', x, y: 0, toX: x, toY: height })),
    ...level.map((y): PrintShape => ({ kind: 'line', x: 0, y, toX: width, toY: y })),
  ]
}
