import type { BoardCell, BoardTable } from '../../functions/rules/scoreboard-cells.ts'
import {
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
} from '../exports/xlsx-parts.ts'
import { type ZipEntry, zipFile } from '../exports/zip-file.ts'

const { declaration, main, relations } = xlsxNames
const rowPoints = 81

type Options = { sheet: string; photos: Readonly<Record<string, Uint8Array>>; nowMs: number }

/** A table with its pictures as an Excel file. Every cell has its type, so that no text becomes a formula. */
export async function writeBoardXlsx(table: BoardTable, { sheet, photos, nowMs }: Options): Promise<Uint8Array> {
  const pictures = table.pictures.flatMap(({ photo, ...at }) => {
    const bytes = photos[photo]
    return bytes ? [{ ...at, bytes }] : []
  })
  const file = (name: string, text: string): ZipEntry => {
    return { name, atMs: nowMs, deflated: [Buffer.from(declaration + text)] }
  }
  const media = pictures.map(({ bytes }, n): ZipEntry => {
    return { name: `xl/media/image${n + 1}.jpeg`, atMs: nowMs, stored: bytes }
  })
  const toMedia = pictures.map((_, n) => [`rId${n + 1}`, 'image', `../media/image${n + 1}.jpeg`] as const)
  const has = pictures.length > 0
  const entries = [
    file('[Content_Types].xml', has ? withPictures : plain),
    file('_rels/.rels', relationships([['rId1', 'officeDocument', 'xl/workbook.xml']])),
    file('xl/workbook.xml', workbook([sheet])),
    file('xl/_rels/workbook.xml.rels', inWorkbook),
    file('xl/styles.xml', styles),
    file('xl/worksheets/sheet1.xml', worksheet(table, has)),
    ...(has
      ? [
          file('xl/worksheets/_rels/sheet1.xml.rels', relationships([['rId1', 'drawing', '../drawings/drawing1.xml']])),
          file('xl/drawings/drawing1.xml', drawing(pictures)),
          file('xl/drawings/_rels/drawing1.xml.rels', relationships(toMedia)),
          ...media,
        ]
      : []),
  ]
  const chunks: Uint8Array[] = []
  for await (const chunk of zipFile(entries)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const parts = {
  '/xl/workbook.xml': sheetPart('sheet.main'),
  '/xl/styles.xml': sheetPart('styles'),
  '/xl/worksheets/sheet1.xml': sheetPart('worksheet'),
}
const drawingType = 'application/vnd.openxmlformats-officedocument.drawing+xml'
const plain = contentTypes(parts)
const withPictures = contentTypes({ ...parts, '/xl/drawings/drawing1.xml': drawingType }, { jpeg: 'image/jpeg' })
const inWorkbook = relationships([
  ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
  ['styles', 'styles', 'styles.xml'],
])

/** Of the looks below. */
const look = { plain: 0, heading: 1, text: 2, time: 3, lasting: 4 } as const
const middle = '<alignment vertical="center"/>'
const styles = stylesXml([
  lookXml({ alignment: middle }),
  lookXml({ bold: true, alignment: middle }),
  lookXml({ alignment: '<alignment vertical="center" wrapText="1"/>' }),
  lookXml({ format: 'time', alignment: middle }),
  lookXml({ format: 'span', alignment: middle }),
])

function worksheet({ widths, rows, pictures }: BoardTable, isDrawn: boolean): string {
  const tall = new Set(pictures.map(({ row }) => row))
  const lines = rows.map((row, n) => rowXml(n + 1, row.map(cellXml), tall.has(n) ? rowPoints : undefined))
  return (
    `<worksheet xmlns="${main}" xmlns:r="${relations}">${columnsXml(widths)}` +
    `<sheetData>${lines.join('')}</sheetData>${isDrawn ? '<drawing r:id="rId1"/>' : ''}</worksheet>`
  )
}

function cellXml(cell: BoardCell): string {
  if (cell === null || cell === '') return `<c s="${look.plain}"/>`
  if (typeof cell === 'string') return textCell(cell, look.text)
  if (typeof cell === 'number') return numberCell(cell, look.plain)
  if ('heading' in cell) return textCell(cell.heading, look.heading)
  return 'time' in cell ? numberCell(cell.time, look.time) : numberCell(cell.lasting, look.lasting)
}

const drawingNames = 'http://schemas.openxmlformats.org/drawingml/2006'
/** Of 150 to 105 pixels of which an inch has 96; an inch has 914,400 units. */
const size = { cx: 150 * 9525, cy: 105 * 9525 }

/** Each picture begins at the corner of its cell and keeps its size. */
function drawing(pictures: readonly { row: number; column: number }[]): string {
  const anchors = pictures.map(
    ({ row, column }, n) =>
      '<xdr:oneCellAnchor>' +
      `<xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>` +
      `<xdr:ext cx="${size.cx}" cy="${size.cy}"/>` +
      `<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="${n + 1}" name="Picture ${n + 1}"/><xdr:cNvPicPr/></xdr:nvPicPr>` +
      `<xdr:blipFill><a:blip r:embed="rId${n + 1}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>` +
      `<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${size.cx}" cy="${size.cy}"/></a:xfrm>` +
      '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>',
  )
  return (
    `<xdr:wsDr xmlns:xdr="${drawingNames}/spreadsheetDrawing" xmlns:a="${drawingNames}/main" xmlns:r="${relations}">` +
    `${anchors.join('')}</xdr:wsDr>`
  )
}
