/** Thousands of scoreboards put together into one PDF in storage: how long it takes, and how much memory. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderStorage } from '../../../sync-server/images/folder-storage.ts'
import { mergePdf } from '../../../sync-server/jobs/merge-pdf.ts'
import { drawBoard } from '../../../sync-server/scoreboards/board-worker.ts'
import { report } from '../report.ts'
import { boardOrder, places } from '../support/board-orders.ts'

const boards = 2000
const early = 200
/** Drawn before; every one of them is read, numbered anew and written as if it were another. */
const drawn = await Promise.all(Array.from({ length: 10 }, async (_, n) => (await drawBoard(boardOrder(n))).pdf))
const folder = await mkdtemp(join(tmpdir(), 'zekken-merged-'))
const storage = folderStorage({ folder })
const peaks: number[] = []

async function* pdfs() {
  for (let n = 0; n < boards; n++) {
    if (n === early) peaks.push(peakMegabytes())
    yield drawn[n % drawn.length]!.slice()
  }
}
const started = performance.now()
const bytes = await storage.putStream('all.pdf', mergePdf(pdfs()))
const spentMs = performance.now() - started
peaks.push(peakMegabytes())
const stored = await storage.stream('all.pdf')
await stored?.body.cancel()
await rm(folder, { recursive: true, force: true })
if (stored?.bytes !== bytes) throw new Error(`${stored?.bytes} bytes of ${bytes} are there`)

report({
  name: `memory at most, ${boards} boards with ${places} photos merged`,
  ours: peaks[1]!,
  baseline: peaks[0]!,
  baselineName: `the same after ${early} boards`,
  unit: 'MB',
  better: 'lower',
  goal: { value: 300 },
})
process.stdout.write(
  `${(spentMs / 1000).toFixed(1)} s, ${(spentMs / boards).toFixed(1)} ms a board, ${(bytes / 1e6).toFixed(0)} MB\n`,
)

/** Of the whole process, with what drew the boards. */
function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024
}
