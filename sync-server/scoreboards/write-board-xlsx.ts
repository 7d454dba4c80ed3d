import writeExcelFile, { type Cell, type Image } from 'write-excel-file/node'
import type { BoardCell, BoardTable } from '../../functions/rules/scoreboard-cells.ts'

/** Of a picture in its row, in pixels; a point is 4/3 of one. */
const picture = { width: 150, height: 105 }
const rowPoints = 81

/** A table with its pictures as an Excel file. Every cell has its type, so that no text becomes a formula. */
export async function writeBoardXlsx(
  { widths, rows, pictures }: BoardTable,
  { sheet, photos }: { sheet: string; photos: Readonly<Record<string, Uint8Array>> },
): Promise<Uint8Array> {
  const tall = new Set(pictures.map(({ row }) => row))
  const data = rows.map((row, n) => row.map((cell) => cellOf(cell, tall.has(n) ? rowPoints : undefined)))
  const images = pictures.flatMap(({ photo, row, column }): Image[] => {
    const bytes = photos[photo]
    if (!bytes) return []
    const anchor = { row: row + 1, column: column + 1 }
    return [{ content: Buffer.from(bytes), contentType: 'image/jpeg', ...picture, dpi: 96, anchor }]
  })
  const columns = widths.map((width) => ({ width }))
  return await writeExcelFile(data, { sheet, columns, ...(images.length > 0 && { images }) }).toBuffer()
}

function cellOf(cell: BoardCell, height: number | undefined): Cell {
  const look = { alignVertical: 'center' as const, ...(height !== undefined && { height }) }
  if (cell === null) return height === undefined ? null : { value: '', type: String, ...look }
  if (typeof cell === 'string') return { value: cell, type: String, wrap: true, ...look }
  if (typeof cell === 'number') return { value: cell, type: Number, ...look }
  if ('heading' in cell) return { value: cell.heading, type: String, fontWeight: 'bold', ...look }
  if ('time' in cell) return { value: cell.time, type: Number, format: 'yyyy-mm-dd hh:mm:ss', ...look }
  return { value: cell.lasting, type: Number, format: '[h]:mm:ss', ...look }
}
