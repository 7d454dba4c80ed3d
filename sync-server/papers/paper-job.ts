import { AppError } from '../../design-docs/errors.ts'
import { type OrderedPaper, orderedPaper, paperJob } from '../../design-docs/papers.ts'
import type { Couch } from '../couch/client.ts'
import type { Storage } from '../images/storage.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { startJob, ulidOf } from '../jobs/job-records.ts'
import { mergePdf } from '../jobs/merge-pdf.ts'
import type { Installation } from '../login/installation.ts'
import { withPortraits } from '../palettes/contact-job.ts'
import type { PrintJob } from '../print/print-job.ts'
import type { Printing } from '../print/printing.ts'
import { paperFolder } from './paper-folder.ts'
import { splitPrint } from './split-print.ts'

const pdfType = 'application/pdf'
const contentKey = (folder: string, part: string) => `${folder}${part}.json`
const drawnKey = (folder: string, part: string) => `${folder}${part}.pdf`
const nameOfPart = (n: number) => `part-${String(n + 1).padStart(4, '0')}`

type Order = { event: string; id: string; job: PrintJob; of: Omit<OrderedPaper, 'parts'>; by: string }

/**
 * Orders a paper as it is to be: what it says is put into storage first, so that it is of one moment however long it
 * takes and whoever draws which part of it.
 */
export async function orderPaper(
  it: Pick<Installation, 'office' | 'now'>,
  storage: Pick<Storage, 'put'>,
  { event, id, job, of, by }: Order,
): Promise<void> {
  const parts = splitPrint(job)
  const folder = paperFolder(event, id)
  for (const [n, part] of parts.entries())
    await storage.put(contentKey(folder, nameOfPart(n)), Buffer.from(JSON.stringify(part)), 'application/json')
  const asked = orderedPaper.parse({ ...of, parts: parts.length })
  await startJob(it, { event, kind: paperJob, asked, by, id })
}

/** Draws what was ordered part by part and puts the parts together; parts that stand are not drawn again. */
export function paperKind({ couch, print, storage }: Printing & { couch: Couch; storage: Storage }): JobKind {
  return {
    name: paperJob,
    async open(job) {
      const { name, parts } = orderedPaper.parse(job.asked)
      const folder = paperFolder(job.event, ulidOf(job))
      async function* drawn(keys: readonly string[], signal: AbortSignal) {
        for (const part of keys) {
          signal.throwIfAborted()
          const bytes = await storage.get(drawnKey(folder, part))
          if (!bytes) throw new Error(`${part} is not there any more`)
          yield bytes
        }
      }
      return {
        keys: async () => Array.from({ length: parts }, (_, n) => nameOfPart(n)),
        async work(part) {
          if (await storage.has(drawnKey(folder, part))) return 'unchanged'
          const content = await storage.get(contentKey(folder, part))
          // Forgotten meanwhile, with a team that was on it.
          if (!content) throw new AppError('ZK-BOARD-002', { figures: { part } })
          const paper = JSON.parse(Buffer.from(content).toString()) as PrintJob
          const whole = paper.kind === 'contacts' ? await withPortraits(couch, job.event, paper) : paper
          await storage.put(drawnKey(folder, part), await print(whole), pdfType)
          return 'done'
        },
        async finish(keys, signal) {
          // With a page missing nobody should take it for the whole.
          if (keys.length < parts) throw new Error(`${parts - keys.length} of ${parts} parts could not be drawn`)
          const storageKey = folder + name
          // It may be there from before this process was started, and its parts be gone.
          const bytes =
            (await storage.size(storageKey)) ??
            (await storage.putStream(storageKey, mergePdf(drawn([...keys].sort(), signal)), pdfType))
          for (const part of keys) {
            await storage.delete(drawnKey(folder, part))
            await storage.delete(contentKey(folder, part))
          }
          return [{ name, storageKey, contentType: pdfType, bytes }]
        },
      }
    },
  }
}
