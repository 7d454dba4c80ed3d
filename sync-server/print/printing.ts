import { Worker } from 'node:worker_threads'
import { AppError } from '../../design-docs/errors.ts'
import type { PrintJob } from './print-job.ts'

export type Printing = {
  /** The job as a PDF. ZK-SYS-006 while too many wait. */
  print(job: PrintJob): Promise<Uint8Array>
}

/** A sheet for every team of the largest event takes a fraction of this. */
const longestMs = 5 * 60_000
const mostWaiting = 8

/** Draws PDFs one after the other in a thread of their own, so that nobody else waits while hundreds of bibs are drawn. */
export function printing(draw: (job: PrintJob) => Promise<Uint8Array> = inThread): Printing {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    async print(job) {
      if (waiting >= mostWaiting) throw new AppError('ZK-SYS-006')
      waiting++
      const mine = last.then(() => draw(job))
      last = mine.catch(() => {})
      return await mine.finally(() => waiting--)
    },
  }
}

function inThread(job: PrintJob): Promise<Uint8Array> {
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), { workerData: job })
  return new Promise<Uint8Array>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`a print took longer than ${longestMs} ms`)), longestMs)
    const end = () => clearTimeout(timer)
    worker.once('message', (pdf: Uint8Array) => resolve(pdf))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the printing thread ended with ${code}`)))
    worker.once('exit', end)
  }).finally(() => void worker.terminate())
}
