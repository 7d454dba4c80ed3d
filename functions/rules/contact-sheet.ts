import { type BoardPage, type BoardShape, cell } from './board-shapes.ts'
import type { PaperPlace } from './paper-tables.ts'
import type { MeasureText } from './print-shapes.ts'

/** A portrait on paper: the names under which its pictures are handed over, and whose it is. */
export type ContactCell = { team: string; name: string; palettes: string; before: string; after: string | null }
/** `place`: of its first page, where it is a part of a longer sheet. */
type Sheet = { title: string; measure: MeasureText; place?: PaperPlace }

const page = { width: 210, height: 297 }
const margin = 12
const columns = 3
const rows = 5
export const contactsAPage = columns * rows
const top = 26
const width = (page.width - 2 * margin) / columns
const height = (page.height - top - margin) / rows
const side = 28

/** Fifteen portraits to an A4 page, each as photographed and as painted, with its team and palettes. */
export function contactSheet(cells: readonly ContactCell[], { title, measure, place }: Sheet): BoardPage[] {
  const most = contactsAPage
  const count = Math.max(1, Math.ceil(cells.length / most))
  const { first, of } = place ?? { first: 1, of: count }
  return Array.from({ length: count }, (_, n) => ({
    ...page,
    shapes: [
      ...cell(
        `${title} ${first + n} / ${of}`,
        { x: margin, y: margin, width: page.width - 2 * margin, height: 8 },
        { size: 5, weight: 'bold', measure },
      ),
      ...cells.slice(n * most, (n + 1) * most).flatMap((one, at) => cellShapes(one, at, measure)),
    ],
  }))
}

function cellShapes(
  { team, name, palettes, before, after }: ContactCell,
  at: number,
  measure: MeasureText,
): BoardShape[] {
  const x = margin + (at % columns) * width
  const y = top + Math.floor(at / columns) * height
  const line = (down: number, lineHeight: number) => ({ x, y: y + side + down, width: width - 4, height: lineHeight })
  const picture = (photo: string, left: number): BoardShape => ({
    kind: 'picture',
    photo,
    x: left,
    y,
    width: side,
    height: side,
  })
  return [
    picture(before, x),
    ...(after === null ? [] : [picture(after, x + side + 2)]),
    ...cell(`${team} ${name}`, line(1.5, 5), { size: 4, weight: 'bold', measure }),
    ...cell(palettes, line(7, 8), { size: 3, measure }),
  ]
}
