import { parentPort, workerData } from 'node:worker_threads'
import { drawPdf } from './draw-pdf.ts'
import { type PrintJob, pagesOf } from './print-job.ts'

/** Draws one job and hands back its bytes; what goes wrong ends the thread. */
const job = workerData as PrintJob
const pdf = drawPdf({ ...job, pages: (measure) => pagesOf(job, measure) })
parentPort?.postMessage(pdf, [pdf.buffer])
