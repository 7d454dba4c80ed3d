import type { CsvLine } from './parse-csv.ts'

/** A row of a table by the names of its columns; a column that the table does not have is undefined. */
export type TableRow = { line: number; cell(field: string): string | undefined }

/** A heading as people write it: case, width, spaces and punctuation do not matter. */
export const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.（）()]/g, '')

/** Rows by field, the headings recognised by any of their names; null when not even the first field is there. */
export function tableRows(lines: readonly CsvLine[], headings: Record<string, readonly string[]>): TableRow[] | null {
  const [head, ...rest] = lines
  if (!head) return null
  const columns = new Map<string, number>()
  for (const [field, names] of Object.entries(headings)) {
    const at = head.cells.findIndex((cell) => names.some((name) => folded(name) === folded(cell)))
    if (at >= 0) columns.set(field, at)
  }
  const [required] = Object.keys(headings)
  if (required === undefined || !columns.has(required)) return null
  return rest.map(({ line, cells }) => ({
    line,
    cell(field) {
      const at = columns.get(field)
      return at === undefined ? undefined : (cells[at] ?? '')
    },
  }))
}
