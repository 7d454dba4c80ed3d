import { guarded } from './formula-guard.ts'

export type Cell = string | number

/**
 * A table as spreadsheets read it: UTF-8 with its mark, lines ended by CR LF, and every cell in quotes, so that commas,
 * line breaks and quotes within it stay what they are. https://www.rfc-editor.org/rfc/rfc4180
 */
export const writeCsv = (rows: readonly (readonly Cell[])[]): string => `\uFEFF${rows.map(csvLine).join('')}`

/** One line of it. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\r\n`

const quoted = (cell: Cell) => `"${String(typeof cell === 'number' ? cell : guarded(cell)).replaceAll('"', '""')}"`
