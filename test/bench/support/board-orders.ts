import sharp from 'sharp'
import { outcome } from '../../../functions/rules/outcome.ts'
import { scoreboardOf } from '../../../functions/rules/scoreboard-of.ts'
import type { BoardOrder } from '../../../sync-server/scoreboards/board-worker.ts'
import { atMinute, checkpointDoc, eventDoc, factMaker } from '../../rules/make-facts.ts'

/** So many check-ins with a photo each are on a board. */
export const places = 20
const event = eventDoc({ phase: 'closed' })
const checkpoints = new Map(
  Array.from({ length: places + 4 }, (_, n) => {
    const place = { lat: 35 + Math.sin(n) * 0.02, lng: 135.7 + Math.cos(n * 1.7) * 0.03 }
    const name = { ja: `第${n + 1}チェックポイント 二条城前`, en: `Checkpoint ${n + 1}, castle` }
    return checkpointDoc(`${n + 1}`, { name, ...place, points: 10 + n })
  }).map((one) => [one.number, one]),
)
const pictures = await Promise.all(Array.from({ length: places }, (_, n) => picture(n)))

/** A board to be drawn, judged and counted from its facts; another one for each number. */
export function boardOrder(n: number): BoardOrder {
  const { board, photos } = boardOf(String(100 + n))
  return { board, photos, timeZone: event.timeZone, nowMs: Date.now() }
}
function boardOf(team: string) {
  const maker = factMaker(team)
  const facts = Array.from({ length: places }, (_, n) => {
    const seen = maker.scanned(String(n + 1), atMinute(5 + n * 7))
    return [seen, maker.photo(seen)]
  }).flat()
  const entry = maker.entry({ name: `髙﨑探検隊 ${team}`, classIds: ['a'] })
  const { card, verdicts } = outcome([entry, ...facts, maker.scanned('GO', atMinute(170))], { event, checkpoints })
  const standings = [{ classId: 'a', row: { place: 1 }, placed: 500 }]
  const board = card && scoreboardOf({ event, checkpoints, card, verdicts, standings, language: 'ja' })
  if (!board) throw new Error('there is no board')
  const shown = board.rows.flatMap(({ photo }) => photo ?? [])
  if (shown.length !== places) throw new Error(`${shown.length} photos instead of ${places}`)
  return { board, photos: Object.fromEntries(shown.map((photo, n) => [photo, pictures[n]!])) }
}

/** Noise compresses no better than a photograph. */
async function picture(n: number): Promise<Uint8Array> {
  const noise = { type: 'gaussian' as const, mean: 90 + n * 3, sigma: 25 }
  return await sharp({ create: { width: 150, height: 105, channels: 3, background: 'white', noise } })
    .jpeg({ quality: 80 })
    .toBuffer()
}
