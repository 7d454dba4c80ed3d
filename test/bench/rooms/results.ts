/**
 * Scoreboards of teams with 20 photos each, from the data in memory to PDF, one after the other in one thread, beside
 * LibreOffice making PDFs of the same Excel sheets: started once for all of them, and for each as it is asked for.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { outcome } from '../../../functions/rules/outcome.ts'
import { scoreboardOf } from '../../../functions/rules/scoreboard-of.ts'
import { scoreboardPages } from '../../../functions/rules/scoreboard-pages.ts'
import { drawPdf } from '../../../sync-server/print/draw-pdf.ts'
import { drawBoard } from '../../../sync-server/scoreboards/board-worker.ts'
import { atMinute, checkpointDoc, eventDoc, factMaker } from '../../rules/make-facts.ts'
import { report } from '../report.ts'

const boards = 500
/** LibreOffice is given fewer. */
const sample = { together: 20, apart: 4 }
const places = 20
const run = promisify(execFile)

const event = eventDoc({ phase: 'closed' })
const checkpoints = new Map(
  Array.from({ length: places + 4 }, (_, n) => {
    const place = { lat: 35 + Math.sin(n) * 0.02, lng: 135.7 + Math.cos(n * 1.7) * 0.03 }
    const name = { ja: `第${n + 1}チェックポイント 二条城前`, en: `Checkpoint ${n + 1}, castle` }
    return checkpointDoc(`${n + 1}`, { name, ...place, points: 10 + n })
  }).map((one) => [one.number, one]),
)
const pictures = await Promise.all(Array.from({ length: places }, (_, n) => picture(n)))

const draw = ({ board, photos, nowMs }: ReturnType<typeof order>) =>
  drawPdf({ title: board.team, nowMs, photos, pages: (measure) => scoreboardPages(board, measure) })
function order(n: number) {
  const { board, photos } = boardOf(String(100 + n))
  return { board, photos, timeZone: event.timeZone, nowMs: Date.now() }
}
draw(order(0))
const started = performance.now()
for (let n = 0; n < boards; n++) draw(order(n))
const ours = (performance.now() - started) / boards
const sheets = await Promise.all(
  Array.from({ length: sample.together }, async (_, n) => (await drawBoard(order(n))).xlsx),
)

const theirs = await byLibreOffice(sheets)
if (theirs === null) {
  process.stdout.write(
    `scoreboards: ${ours.toFixed(1)} ms a board; LibreOffice (soffice) is not installed, so nothing stands beside it\n`,
  )
} else {
  const name = `${boards} scoreboards with ${places} photos as PDF`
  const about = { name, ours, unit: 'ms a board', better: 'lower', goal: { ratio: 20 } } as const
  const ways = { 'in a single run': theirs.together, 'started for each': theirs.apart }
  for (const [way, baseline] of Object.entries(ways))
    report({ ...about, baseline, baselineName: `LibreOffice from the same Excel sheets, ${way},` })
}
process.stdout.write(`the machine's load: ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores\n`)

function boardOf(team: string) {
  const maker = factMaker(team)
  const facts = Array.from({ length: places }, (_, n) => {
    const seen = maker.scanned(String(n + 1), atMinute(5 + n * 7))
    return [seen, maker.photo(seen)]
  }).flat()
  const entry = maker.entry({ name: `髙﨑探検隊 ${team}`, classIds: ['a'] })
  const { card, verdicts } = outcome([entry, ...facts, maker.scanned('GO', atMinute(170))], { event, checkpoints })
  const standings = [{ classId: 'a', row: { place: 1 }, placed: boards }]
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

/** Milliseconds a sheet; null where it is not installed. */
async function byLibreOffice(files: readonly Uint8Array[]): Promise<{ together: number; apart: number } | null> {
  const isThere = await run('soffice', ['--version']).then(
    () => true,
    () => false,
  )
  if (!isThere) return null
  const folder = await mkdtemp(join(tmpdir(), 'zekken-soffice-'))
  const names = files.map((_, n) => join(folder, `${n}.xlsx`))
  await Promise.all(files.map((bytes, n) => writeFile(names[n]!, bytes)))
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  const convert = async (which: readonly string[]) => {
    const out = await mkdtemp(join(folder, 'out-'))
    const from = performance.now()
    await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', out, ...which], {
      timeout: 600_000,
    })
    const spent = performance.now() - from
    const made = (await readdir(out)).filter((name) => name.endsWith('.pdf')).length
    if (made !== which.length) throw new Error(`LibreOffice made ${made} of ${which.length}`)
    return spent
  }
  // Its first run makes a profile, which no later one does.
  await convert(names.slice(0, 1))
  const together = (await convert(names)) / files.length
  let apart = 0
  for (const name of names.slice(0, sample.apart)) apart += (await convert([name])) / sample.apart
  await rm(folder, { recursive: true, force: true })
  return { together, apart }
}
