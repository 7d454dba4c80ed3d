import { type Sheet, type SheetCell, timeText } from './sheet.ts'
import { textPieces } from './text-pieces.ts'
import {
  columnName,
  columnsXml,
  contentTypes,
  lookXml,
  numberCell,
  relationships,
  rowXml,
  sheetPart,
  stylesXml,
  textCell,
  workbook,
  xlsxNames,
} from './xlsx-parts.ts'
import { xmlElement } from './xml-text.ts'
import { zipFile } from './zip-file.ts'

const { declaration, main } = xlsxNames

/**
 * Sheets as an Excel workbook, in pieces. Cells are typed: text is text whatever it begins with, numbers are numbers,
 * times and spans are what Excel counts with.
 */
export async function* xlsxFile(
  sheets: readonly Sheet[],
  { timeZone, nowMs }: { timeZone: string; nowMs: number },
): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder()
  const file = (name: string, text: string) => ({ name, atMs: nowMs, deflated: [bytes.encode(declaration + text)] })
  const numbered = sheets.map((sheet, n) => ({ sheet, n: n + 1, part: `worksheets/sheet${n + 1}.xml` }))
  const types = {
    '/xl/workbook.xml': sheetPart('sheet.main'),
    '/xl/styles.xml': sheetPart('styles'),
    ...Object.fromEntries(numbered.map(({ part }) => [`/xl/${part}`, sheetPart('worksheet')])),
  }
  yield* zipFile([
    file('[Content_Types].xml', contentTypes(types)),
    file('_rels/.rels', relationships([['rId1', 'officeDocument', 'xl/workbook.xml']])),
    file('xl/workbook.xml', workbook(sheets.map(({ name }) => name))),
    file(
      'xl/_rels/workbook.xml.rels',
      relationships([
        ...numbered.map(({ n, part }) => [`rId${n}`, 'worksheet', part] as const),
        ['styles', 'styles', 'styles.xml'],
      ]),
    ),
    file('xl/styles.xml', styles),
    ...numbered.map(({ sheet, part }) => {
      const deflated = textPieces(worksheet(sheet, timeZone))
      return { name: `xl/${part}`, atMs: nowMs, deflated }
    }),
  ])
}

/** Of the looks below. */
const look = { plain: 0, heading: 1, time: 2, span: 3 } as const
const styles = stylesXml([
  lookXml({}),
  lookXml({ bold: true }),
  lookXml({ format: 'time' }),
  lookXml({ format: 'span' }),
])

/** The headings stay in sight and can be filtered by. */
function* worksheet({ columns, rows }: Sheet, timeZone: string): Generator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">`
  yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  yield `${columnsXml(columns.map(({ width }) => width))}<sheetData>`
  yield rowXml(
    1,
    columns.map(({ heading }) => textCell(heading, look.heading)),
  )
  let line = 1
  for (const cells of rows)
    yield rowXml(
      ++line,
      cells.map((cell) => cellXml(cell, timeZone)),
    )
  yield `</sheetData>${xmlElement('autoFilter', { ref: `A1:${columnName(columns.length)}${line}` })}</worksheet>`
}

function cellXml(cell: SheetCell, timeZone: string): string {
  if (cell === null || cell === '') return '<c/>'
  if (typeof cell === 'string') return textCell(cell, look.plain)
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  if ('at' in cell) return numberCell(dayNumber(cell.at, timeZone), look.time)
  // Excel shows spans below zero as a row of `#`, so these stay numbers.
  return numberCell(cell.spanMs / dayMs, cell.spanMs < 0 ? look.plain : look.span)
}

const dayMs = 86_400_000
/** Days between 1899-12-30, from which Excel counts, and 1970. */
const days1970 = 25_569

/** The wall clock of the event's time zone as Excel counts days. */
const dayNumber = (at: number, timeZone: string) =>
  (Date.parse(`${timeText(at, timeZone).replace(' ', 'T')}Z`) + (at % 1000)) / dayMs + days1970
