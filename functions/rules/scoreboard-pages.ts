import { type BoardPage, type BoardShape, cell } from './board-shapes.ts'
import type { MeasureText } from './print-shapes.ts'
import { drawRoute } from './route-shapes.ts'
import type { Scoreboard, ScoreboardRow } from './scoreboard-of.ts'
import { scoreboardWords } from './scoreboard-words.ts'

/** A4, in millimetres. */
const sheet = { width: 210, height: 297 }
const margin = 12
const inner = sheet.width - 2 * margin
const headHeight = 88
const lineHeight = 6
const rowHeight = 16
const tableHead = 7
const foot = 12
const columns = { n: 8, time: 24, leg: 16, checkpoint: 52, points: 18, why: 42, photo: 26 } as const
type Column = keyof typeof columns

/** The sheets of a team's scoreboard, as many as its check-ins take. */
export function scoreboardPages(board: Scoreboard, measure: MeasureText): BoardPage[] {
  const lines = board.lines.length * lineHeight
  const pages: BoardShape[][] = [[...headOf(board, measure), ...linesOf(board, measure)]]
  let y = margin + headHeight + lines
  let shapes = pages[0]!
  const open = () => {
    shapes.push(...tableHeadOf(board, y, measure))
    y += tableHead
  }
  const turn = () => {
    shapes = []
    pages.push(shapes)
    y = margin
    open()
  }
  if (y + tableHead + rowHeight > sheet.height - foot) turn()
  else open()
  for (const row of board.rows) {
    if (y + rowHeight > sheet.height - foot) turn()
    shapes.push(...rowOf(row, y, measure))
    y += rowHeight
  }
  return pages.map((page, n) => ({
    ...sheet,
    shapes: [...page, ...footOf(board, { n: n + 1, of: pages.length }, measure)],
  }))
}

function headOf(board: Scoreboard, measure: MeasureText): BoardShape[] {
  const t = scoreboardWords[board.language]
  const left = 100
  const at = (y: number, height: number, x = margin, width = left) => ({ x, y: margin + y, width, height })
  const soft = { size: 3, measure, tone: 'soft' } as const
  const classes = board.classes.slice(0, 4).map(({ name, place }) => `${name}  ${place}`)
  const times = [
    [t.start, board.start],
    [t.goal, board.goal],
    [t.duration, board.duration],
  ] as const
  const { points } = board
  const totals = [
    [t.totals.confirmed, points.confirmed],
    [t.totals.provisional, points.provisional],
    [t.totals.penalty, -points.penalty],
    [t.totals.adjustment, points.adjustment],
    [t.totals.pending, points.pending],
  ] as const
  return [
    ...cell(`${board.event}  ${t.title}`, at(0, 6), { size: 3.6, measure, tone: 'soft' }),
    ...cell(board.team, at(6, 15, margin, 40), { size: 13, measure, weight: 'bold' }),
    ...cell(board.name, at(6, 15, margin + 42, left - 42), { size: 6.5, measure, weight: 'bold' }),
    ...cell(board.members.join(t.separator), at(22, 9), soft),
    ...classes.flatMap((text, n) => cell(text, at(32 + n * 5.5, 5.5), { size: 4, measure, weight: 'bold' })),
    ...times.flatMap(([label, text], n) => [
      ...cell(label, at(56 + n * 5, 5, margin, 22), soft),
      ...cell(text, at(56 + n * 5, 5, margin + 22, 28), { size: 3.4, measure }),
    ]),
    ...totals.flatMap(([label, value], n) => [
      ...cell(label, at(56 + n * 5, 5, margin + 52, 32), soft),
      ...cell(String(value), at(56 + n * 5, 5, margin + 84, 14), { size: 3.4, measure, align: 'end' }),
    ]),
    ...cell(t.totals.net, at(73, 11, margin, 22), { size: 4.2, measure, weight: 'bold' }),
    ...cell(String(points.net), at(73, 11, margin + 14, 34), { size: 10, measure, weight: 'bold', align: 'end' }),
    ...drawRoute(
      board.map,
      { x: margin + left + 6, y: margin, width: inner - left - 6, height: headHeight - 6 },
      measure,
    ),
  ]
}

function linesOf({ lines }: Scoreboard, measure: MeasureText): BoardShape[] {
  return lines.flatMap(({ text, points }, n) => {
    const y = margin + headHeight - 2 + n * lineHeight
    return [
      ...cell(text, { x: margin, y, width: inner - 24, height: lineHeight }, { size: 3.2, measure }),
      ...cell(
        signed(points),
        { x: margin + inner - 24, y, width: 24, height: lineHeight },
        { size: 3.4, measure, align: 'end', weight: 'bold' },
      ),
    ]
  })
}

const signed = (points: number) => (points > 0 ? `+${points}` : String(points))
const numeric: readonly Column[] = ['n', 'time', 'leg', 'points']

/** Each column with its left edge; a little room is left between two. */
const edges = (Object.keys(columns) as Column[]).map((column, n, all) => ({
  column,
  x: margin + all.slice(0, n).reduce((sum, one) => sum + columns[one], 0),
  width: columns[column] - 2.5,
  align: numeric.includes(column) ? ('end' as const) : ('start' as const),
}))

function tableHeadOf({ language }: Scoreboard, y: number, measure: MeasureText): BoardShape[] {
  const t = scoreboardWords[language].columns
  return [
    { kind: 'area', x: margin, y, width: inner, height: tableHead - 1, tone: 'faint' },
    ...edges.flatMap(({ column, x, width, align }) =>
      cell(t[column], { x, y, width, height: tableHead - 1 }, { size: 2.8, measure, tone: 'soft', align }),
    ),
  ]
}

function rowOf(row: ScoreboardRow, y: number, measure: MeasureText): BoardShape[] {
  const isOut = row.n === null
  const points = row.pendingPoints > 0 ? `(${row.pendingPoints})` : String(row.points)
  const texts: Record<Column, string> = {
    n: row.n === null ? '' : String(row.n),
    time: row.time,
    leg: row.leg,
    checkpoint: `${row.checkpoint}  ${row.name}`,
    points,
    why: row.why,
    photo: '',
  }
  const tone = isOut ? 'soft' : 'ink'
  return [
    ...edges.flatMap(({ column, x, width, align }) =>
      cell(
        texts[column],
        { x, y: y + 0.5, width, height: rowHeight - 1 },
        column === 'points'
          ? { size: 4.4, measure, align, tone, weight: 'bold' }
          : { size: column === 'why' ? 2.9 : 3.3, measure, align, tone },
      ),
    ),
    // 150 to 105, as the pictures are.
    ...(row.photo === null
      ? []
      : [{ kind: 'picture' as const, photo: row.photo, x: margin + inner - 22, y: y + 0.4, width: 21, height: 14.7 }]),
    { kind: 'line', x: margin, y: y + rowHeight - 0.4, toX: margin + inner, toY: y + rowHeight - 0.4 },
  ]
}

function footOf({ language, team, name }: Scoreboard, { n, of }: { n: number; of: number }, measure: MeasureText) {
  const box = { x: margin, y: sheet.height - 10, width: inner, height: 5 }
  const look = { size: 2.8, measure, tone: 'soft' } as const
  return [
    ...cell(`${team}  ${name}`, { ...box, width: inner - 30 }, look),
    ...cell(scoreboardWords[language].page(n, of), box, { ...look, align: 'end' }),
  ]
}
