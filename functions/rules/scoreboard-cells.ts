import { type Scoreboard, scoreboardInstant } from './scoreboard-of.ts'
import { scoreboardWords } from './scoreboard-words.ts'

/** `time` is a moment where the event is, `lasting` a length of time, both as days, as spreadsheets count. */
export type BoardCell = string | number | null | { heading: string } | { time: number } | { lasting: number }
export type BoardTable = {
  /** Of letters. */
  widths: number[]
  rows: BoardCell[][]
  /** Where each picture lies, from 0. */
  pictures: { photo: string; row: number; column: number }[]
}

const dayMs = 24 * 3_600_000

/** The same as on paper, as a table of typed cells: what is text stays text, whatever it begins with. */
export function scoreboardCells(board: Scoreboard, timeZone: string): BoardTable {
  const t = scoreboardWords[board.language]
  const { points } = board
  const heading = (text: string) => ({ heading: text })
  const lasting = (ms: number | null): BoardCell => (ms === null ? null : { lasting: ms / dayMs })
  const time = (at: number | null): BoardCell => (at === null ? null : { time: scoreboardInstant(at, timeZone) })
  const top: BoardCell[][] = [
    [heading(t.title), board.event],
    [heading(t.team), board.team],
    [null, board.name],
    [heading(t.members), board.members.join(t.separator)],
    ...board.classes.map(({ name, place }): BoardCell[] => [heading(name), place]),
    [heading(t.start), time(board.startAt)],
    [heading(t.goal), time(board.goalAt)],
    [heading(t.duration), lasting(board.durationMs)],
    [],
    [heading(t.totals.confirmed), points.confirmed],
    [heading(t.totals.provisional), points.provisional],
    [heading(t.totals.penalty), -points.penalty],
    [heading(t.totals.adjustment), points.adjustment],
    [heading(t.totals.net), points.net],
    [heading(t.totals.pending), points.pending],
    ...board.lines.map((line): BoardCell[] => [null, line.text, line.points]),
    [],
  ]
  const { n, time: at, leg, checkpoint, points: counted, why, photo } = t.columns
  const head = [n, at, leg, checkpoint, '', counted, t.status.PENDING, why, photo].map(heading)
  const first = top.length + 1
  return {
    widths: [14, 22, 10, 12, 28, 8, 10, 44, 22],
    rows: [
      ...top,
      head,
      ...board.rows.map((row): BoardCell[] => [
        row.n,
        time(row.at),
        lasting(row.legMs),
        row.checkpoint,
        row.name,
        row.points,
        row.pendingPoints,
        row.why,
      ]),
    ],
    pictures: board.rows.flatMap((row, index) =>
      row.photo === null ? [] : [{ photo: row.photo, row: first + index, column: 8 }],
    ),
  }
}
