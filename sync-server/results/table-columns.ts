import type { ImportNote, LeftOutColumn } from '../../design-docs/imports.ts'
import { type CsvLine, delimiterOf, parseCsv } from './parse-csv.ts'
import { unreadableFile } from './unreadable-file.ts'

/**
 * A row of a table by the names of its columns; a column that the table does not have is undefined. `notes` say what
 * is wrong with the row as a whole: then no cell of it can be trusted to be under its heading.
 */
export type TableRow = {
  line: number
  notes: ImportNote[]
  cell(field: string): string | undefined
  /** The cell of a number, its decimals after a point; where semicolons part the cells, people write a comma there. */
  amount(field: string): string | undefined
}
export type Table = { rows: TableRow[]; leftOut: LeftOutColumn[] }

/** A heading as people write it: case, width, spaces and punctuation do not matter. */
export const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.（）()]/g, '')

/**
 * Rows by field, the headings recognised by any of their names, and the columns that belong to no field. A file
 * without the first field, with two columns for one field or without any row is refused.
 */
export function readTable(text: string, headings: Record<string, readonly string[]>): Table {
  const [head, ...lines] = parseCsv(text)
  if (!head) throw unreadableFile('empty')
  const columns = columnsOf(head, headings)
  const [required] = Object.keys(headings)
  if (required === undefined || !columns.has(required)) throw unreadableFile('no-number-column', { line: head.line })
  if (lines.length === 0) throw unreadableFile('no-lines')
  const known = new Set(columns.values())
  const width = head.cells.findLastIndex(Boolean) + 1
  const leftOut = head.cells
    .map((heading, index) => ({ column: index + 1, heading }))
    .filter(({ column, heading }) => !known.has(column - 1) && (heading || lines.some((it) => it.cells[column - 1])))
    .filter(({ column }) => column <= width)
  const decimalComma = delimiterOf(text) === ';'
  return { rows: lines.map((line) => rowOf(line, { columns, width, decimalComma })), leftOut }
}

function columnsOf({ line, cells }: CsvLine, headings: Record<string, readonly string[]>): Map<string, number> {
  const columns = new Map<string, number>()
  for (const [field, names] of Object.entries(headings)) {
    const found = cells.flatMap((cell, at) => (names.some((name) => folded(name) === folded(cell)) ? [at] : []))
    if (found.length > 1) throw unreadableFile('heading-twice', { line, is: found.map((at) => cells[at]).join(', ') })
    if (found[0] !== undefined) columns.set(field, found[0])
  }
  return columns
}

type Shape = { columns: Map<string, number>; width: number; decimalComma: boolean }

function rowOf({ line, cells, afterQuote }: CsvLine, { columns, width, decimalComma }: Shape): TableRow {
  const notes: ImportNote[] = []
  const beyond = cells.slice(width).filter(Boolean)
  if (beyond.length > 0) notes.push({ field: 'line', problem: 'beyond-headings', is: beyond.join(', ').slice(0, 80) })
  if (afterQuote) notes.push({ field: 'line', problem: 'after-quote' })
  const cell = (field: string) => {
    const at = columns.get(field)
    return at === undefined ? undefined : (cells[at] ?? '')
  }
  return {
    line,
    notes,
    cell,
    amount(field) {
      const text = cell(field)
      return decimalComma ? text?.normalize('NFKC').replace(/^([+-]?\d+),(\d+)$/, '$1.$2') : text
    },
  }
}
