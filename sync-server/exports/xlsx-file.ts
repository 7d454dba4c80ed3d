import { type Sheet, type SheetCell, timeText } from './sheet.ts'
import { textPieces } from './text-pieces.ts'
import { xmlElement, xmlText } from './xml-text.ts'
import { zipFile } from './zip-file.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * Sheets as an Excel workbook, in pieces. Cells are typed: text is text whatever it begins with, numbers are numbers,
 * times and spans are what Excel counts with. https://ecma-international.org/publications-and-standards/standards/ecma-376/
 */
export async function* xlsxFile(
  sheets: readonly Sheet[],
  { timeZone, nowMs }: { timeZone: string; nowMs: number },
): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder()
  const file = (name: string, text: string) => ({ name, atMs: nowMs, deflated: [bytes.encode(declaration + text)] })
  const numbered = sheets.map((sheet, n) => ({ sheet, n: n + 1 }))
  yield* zipFile([
    file('[Content_Types].xml', contentTypes(sheets.length)),
    file('_rels/.rels', relationships([['rId1', 'officeDocument', 'xl/workbook.xml']])),
    file('xl/workbook.xml', workbook(sheets)),
    file('xl/_rels/workbook.xml.rels', workbookRelations(sheets.length)),
    file('xl/styles.xml', styles),
    ...numbered.map(({ sheet, n }) => {
      const deflated = textPieces(worksheet(sheet, timeZone))
      return { name: `xl/worksheets/sheet${n}.xml`, atMs: nowMs, deflated }
    }),
  ])
}

function contentTypes(count: number): string {
  const part = (name: string, type: string) =>
    xmlElement('Override', { PartName: name, ContentType: `${sheetType}.${type}+xml` })
  const sheets = Array.from({ length: count }, (_, n) => part(`/xl/worksheets/sheet${n + 1}.xml`, 'worksheet'))
  const defaults = [
    ['rels', 'application/vnd.openxmlformats-package.relationships+xml'],
    ['xml', 'application/xml'],
  ].map(([extension, type]) => xmlElement('Default', { Extension: extension, ContentType: type }))
  const parts = [...defaults, part('/xl/workbook.xml', 'sheet.main'), part('/xl/styles.xml', 'styles'), ...sheets]
  return xmlElement('Types', { xmlns: `${packaged}/content-types` }, parts.join(''))
}

function relationships(rows: readonly (readonly [id: string, type: string, target: string])[]): string {
  const said = rows.map(([Id, type, Target]) =>
    xmlElement('Relationship', { Id, Type: `${relations}/${type}`, Target }),
  )
  return xmlElement('Relationships', { xmlns: `${packaged}/relationships` }, said.join(''))
}

const workbookRelations = (count: number) =>
  relationships([
    ...Array.from({ length: count }, (_, n) => [`rId${n + 1}`, 'worksheet', `worksheets/sheet${n + 1}.xml`] as const),
    ['styles', 'styles', 'styles.xml'],
  ])

function workbook(sheets: readonly Sheet[]): string {
  const said = sheets.map(({ name }, n) =>
    xmlElement('sheet', { name: sheetName(name), sheetId: n + 1, 'r:id': `rId${n + 1}` }),
  )
  return xmlElement('workbook', { xmlns: main, 'xmlns:r': relations }, xmlElement('sheets', {}, said.join('')))
}

/** At most 31 characters and none that Excel needs for references. */
const sheetName = (name: string) => name.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31) || 'Sheet'

/** Of `cellXfs` below. */
const style = { plain: 0, heading: 1, time: 2, span: 3 } as const

const styles = xmlElement(
  'styleSheet',
  { xmlns: main },
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>' +
    '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts>' +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
)

/** The headings stay in sight and can be filtered by. */
function* worksheet({ columns, rows }: Sheet, timeZone: string): Generator<string> {
  const widths = columns.map(({ width }, n) => xmlElement('col', { min: n + 1, max: n + 1, width, customWidth: 1 }))
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">`
  yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  yield `${xmlElement('cols', {}, widths.join(''))}<sheetData>`
  yield rowXml(
    1,
    columns.map(({ heading }) => textCell(heading, style.heading)),
  )
  let line = 1
  for (const cells of rows)
    yield rowXml(
      ++line,
      cells.map((cell) => cellXml(cell, timeZone)),
    )
  yield `</sheetData>${xmlElement('autoFilter', { ref: `A1:${columnName(columns.length)}${line}` })}</worksheet>`
}

/** Each cell says where it is: not every reader counts. */
function rowXml(line: number, cells: readonly string[]): string {
  const placed = cells.map((cell, n) => cell.replace('<c', `<c r="${columnName(n + 1)}${line}"`))
  return `<row r="${line}">${placed.join('')}</row>`
}

/** 1 is A, 27 is AA. */
function columnName(n: number): string {
  const letter = String.fromCharCode(65 + ((n - 1) % 26))
  return n <= 26 ? letter : columnName(Math.floor((n - 1) / 26)) + letter
}

function cellXml(cell: SheetCell, timeZone: string): string {
  if (cell === null || cell === '') return '<c/>'
  if (typeof cell === 'string') return textCell(cell, style.plain)
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  const [kind, value] = 'at' in cell ? ([style.time, dayNumber(cell.at, timeZone)] as const) : spanValue(cell.spanMs)
  return `<c s="${kind}"><v>${value}</v></c>`
}

/** Excel shows spans below zero as a row of `#`, so these stay numbers. */
const spanValue = (ms: number) => [ms < 0 ? style.plain : style.span, ms / dayMs] as const

const longestCell = 32_767

function textCell(text: string, kind: number): string {
  // Excel reads _x000D_ in text as the character of that number, so what only looks like one says its own underscore.
  const kept = text.slice(0, longestCell).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  return `<c s="${kind}" t="inlineStr"><is><t xml:space="preserve">${xmlText(kept)}</t></is></c>`
}

const dayMs = 86_400_000
/** Days between 1899-12-30, from which Excel counts, and 1970. */
const days1970 = 25_569

/** The wall clock of the event's time zone as Excel counts days. */
const dayNumber = (at: number, timeZone: string) =>
  (Date.parse(`${timeText(at, timeZone).replace(' ', 'T')}Z`) + (at % 1000)) / dayMs + days1970
