import type { Unwritable } from '../../design-docs/exports.ts'
import { type Cell, csvLine } from '../results/write-csv.ts'
import { type Sheet, type SheetCell, spanText, timeText } from './sheet.ts'
import { byNumberOf, notInShiftJis, toShiftJis } from './shift-jis.ts'
import { textPieces } from './text-pieces.ts'

/** The sheet as CSV, in pieces: UTF-8 with its mark, or Shift_JIS with what it lacks written as `&#134071;`. */
export const csvFile = (
  sheet: Sheet,
  { encoding, timeZone }: { encoding: 'utf-8' | 'shift-jis'; timeZone: string },
): Generator<Uint8Array> =>
  encoding === 'utf-8'
    ? textPieces(marked(linesOf(sheet, timeZone)))
    : textPieces(linesOf(sheet, timeZone), (text) => toShiftJis(text, byNumberOf))

function* marked(lines: Iterable<string>): Generator<string> {
  yield '\uFEFF'
  yield* lines
}

function* linesOf({ columns, rows }: Sheet, timeZone: string): Generator<string> {
  yield csvLine(columns.map(({ heading }) => heading))
  for (const cells of rows) yield csvLine(cells.map((cell) => plain(cell, timeZone)))
}

function plain(cell: SheetCell, timeZone: string): Cell {
  if (cell === null) return ''
  if (typeof cell !== 'object') return cell
  return 'at' in cell ? timeText(cell.at, timeZone) : spanText(cell.spanMs)
}

const mostNamed = 20

/** What of the sheet Shift_JIS cannot say, or null when it can say all of it. */
export function unwritableIn({ columns, rows }: Sheet): Unwritable | null {
  const characters = new Set<string>()
  const cells: string[] = []
  const look = (text: string) => {
    const found = notInShiftJis(text)
    for (const char of found) characters.add(char)
    if (found.length > 0 && cells.length < mostNamed && !cells.includes(text)) cells.push(text)
  }
  for (const { heading } of columns) look(heading)
  for (const row of rows) for (const cell of row) if (typeof cell === 'string') look(cell)
  return characters.size === 0 ? null : { characters: [...characters].slice(0, mostNamed), cells }
}
