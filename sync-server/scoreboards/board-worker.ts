import { parentPort } from 'node:worker_threads'
import { scoreboardCells } from '../../functions/rules/scoreboard-cells.ts'
import type { Scoreboard } from '../../functions/rules/scoreboard-of.ts'
import { scoreboardPages } from '../../functions/rules/scoreboard-pages.ts'
import { drawPdf } from '../print/draw-pdf.ts'
import { writeBoardXlsx } from './write-board-xlsx.ts'

/** A scoreboard to be drawn, with the bytes of its pictures by photo. */
export type BoardOrder = {
  board: Scoreboard
  photos: Record<string, Uint8Array>
  timeZone: string
  nowMs: number
}
export type DrawnBoard = { pdf: Uint8Array; xlsx: Uint8Array }
export type BoardAnswer = { id: number; drawn: DrawnBoard } | { id: number; error: string }

export async function drawBoard({ board, photos, timeZone, nowMs }: BoardOrder): Promise<DrawnBoard> {
  const title = `${board.event} ${board.team}`
  const pdf = drawPdf({ title, nowMs, photos, pages: (measure) => scoreboardPages(board, measure) })
  const xlsx = await writeBoardXlsx(scoreboardCells(board, timeZone), { sheet: board.team, photos, nowMs })
  return { pdf, xlsx }
}

// One order after the other: the thread that asked sends the next when it likes.
parentPort?.on('message', async ({ id, order }: { id: number; order: BoardOrder }) => {
  const answer = await drawBoard(order).then(
    (drawn): BoardAnswer => ({ id, drawn }),
    (error: unknown): BoardAnswer => ({
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  )
  parentPort?.postMessage(answer)
})
