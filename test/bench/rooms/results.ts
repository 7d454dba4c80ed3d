/**
 * Scoreboards of teams with 20 photos each, from the data in memory to PDF, one after the other in one thread, beside
 * LibreOffice making PDFs of the same Excel sheets: started once for all of them, and for each as it is asked for.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { scoreboardPages } from '../../../functions/rules/scoreboard-pages.ts'
import { drawPdf } from '../../../sync-server/print/draw-pdf.ts'
import { type BoardOrder, drawBoard } from '../../../sync-server/scoreboards/board-worker.ts'
import { report } from '../report.ts'
import { boardOrder, places } from '../support/board-orders.ts'

const boards = 500
/** LibreOffice is given fewer. */
const sample = { together: 20, apart: 4 }
const run = promisify(execFile)

const draw = ({ board, photos, nowMs }: BoardOrder) =>
  drawPdf({ title: board.team, nowMs, photos, pages: (measure) => scoreboardPages(board, measure) })
draw(boardOrder(0))
const started = performance.now()
for (let n = 0; n < boards; n++) draw(boardOrder(n))
const ours = (performance.now() - started) / boards
const sheets = await Promise.all(
  Array.from({ length: sample.together }, async (_, n) => (await drawBoard(boardOrder(n))).xlsx),
)

const both = await timed(async () => void (await drawBoard(boardOrder(0))))
process.stdout.write(`with Excel: ${both.toFixed(1)} ms a board\n`)

const theirs = await byLibreOffice(sheets)
if (theirs === null) {
  process.stdout.write(
    `scoreboards: ${ours.toFixed(1)} ms a board; NOT COMPARED, for LibreOffice (soffice) is not installed; NO_SOFFICE=1 lets it be\n`,
  )
  if (process.env.NO_SOFFICE !== '1') process.exitCode = 1
} else {
  const name = `${boards} scoreboards with ${places} photos as PDF`
  const about = { name, ours, unit: 'ms a board', better: 'lower', goal: { ratio: 20 } } as const
  const ways = { 'in a single run': theirs.together, 'started for each': theirs.apart }
  for (const [way, baseline] of Object.entries(ways))
    report({ ...about, baseline, baselineName: `LibreOffice from the same Excel sheets, ${way},` })
}
process.stdout.write(`the machine's load: ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores\n`)

/** Milliseconds, on average of fifty. */
async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now()
  for (let n = 0; n < 50; n++) await work()
  return (performance.now() - from) / 50
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
