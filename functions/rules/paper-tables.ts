import { type Box, fitText, type MeasureText, type PrintPage, type PrintShape } from './print-shapes.ts'

/** A table on paper; `share` of the width. */
export type PaperTable = {
  heading: string
  columns: readonly { heading: string; share: number; align: 'start' | 'middle' }[]
  rows: readonly (readonly string[])[]
}
/** Where pages stand in a longer paper, whose other parts are drawn apart. */
export type PaperPlace = { first: number; of: number }
type Paper = { title: string; asOf: string; rowMm?: number; place?: PaperPlace | undefined; measure: MeasureText }

const page = { width: 210, height: 297 }
const margin = 12
const inner = { x: margin, width: page.width - 2 * margin }
const bodyTop = 34
const bodyBottom = page.height - margin - 6

const usualRowMm = 7

/** The same as tables of one page each, every one beginning a page of its own. */
export function tablesByPage(tables: readonly PaperTable[], rowMm = usualRowMm): PaperTable[] {
  const most = Math.floor((bodyBottom - bodyTop) / rowMm) - 1
  return tables.flatMap((table) => {
    const count = Math.max(1, Math.ceil(table.rows.length / most))
    return Array.from({ length: count }, (_, n) => ({ ...table, rows: table.rows.slice(n * most, (n + 1) * most) }))
  })
}

/** Tables on A4, each beginning a page of its own, its headings on every page, and pages numbered throughout. */
export function tablePages(tables: readonly PaperTable[], paper: Paper): PrintPage[] {
  const { rowMm = usualRowMm } = paper
  const parts = tablesByPage(tables, rowMm)
  const { first, of } = paper.place ?? { first: 1, of: parts.length }
  return parts.map((part, n) => ({
    width: page.width,
    height: page.height,
    shapes: [...headShapes(part.heading, paper, `${first + n} / ${of}`), ...tableShapes(part, paper, rowMm)],
  }))
}

function headShapes(heading: string, { title, asOf, measure }: Paper, number: string): PrintShape[] {
  const line = (y: number, height: number) => ({ ...inner, y, height })
  const small = { weight: 'regular', align: 'start', largest: 3.2, measure } as const
  return [
    ...fitText(title, line(margin, 6), { ...small, largest: 4.2 }),
    ...fitText(heading, line(margin + 6, 9), { weight: 'bold', align: 'start', largest: 6.5, measure }),
    ...fitText(asOf, line(margin + 15, 5), small),
    ...fitText(number, line(page.height - margin - 4, 4), { ...small, align: 'middle' }),
  ]
}

function tableShapes({ columns, rows }: PaperTable, { measure }: Paper, rowMm: number): PrintShape[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (share / whole) * inner.width)
  const left = widths.map((_, n) => widths.slice(0, n).reduce((sum, width) => sum + width, inner.x))
  const cell = (text: string, n: number, y: number, weight: 'regular' | 'bold') => {
    const box: Box = { x: left[n]! + 0.8, y: y + 0.8, width: widths[n]! - 1.6, height: rowMm - 1.6 }
    return fitText(text, box, { weight, align: columns[n]!.align, largest: 3.4, measure })
  }
  const below = (y: number): PrintShape => ({ kind: 'line', x: inner.x, y, toX: inner.x + inner.width, toY: y })
  const lines = [columns.map(({ heading }) => heading), ...rows]
  return lines.flatMap((texts, row) => {
    const y = bodyTop + row * rowMm
    const cells = texts.flatMap((text, n) => cell(text, n, y, row === 0 ? 'bold' : 'regular'))
    return [...cells, below(y + rowMm)]
  })
}
