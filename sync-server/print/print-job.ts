import { bibPages, type PerPage, type PrintedBib } from '../../functions/rules/bib-sheet.ts'
import type { MeasureText, PrintPage } from '../../functions/rules/print-shapes.ts'

/** What is to be printed, as it is handed to the thread that draws. */
export type PrintJob = { title: string; nowMs: number } & {
  kind: 'bibs'
  bibs: readonly PrintedBib[]
  perPage: PerPage
}

export function pagesOf(job: PrintJob, measure: MeasureText): PrintPage[] {
  return bibPages(job.bibs, { perPage: job.perPage, measure })
}
