import { bibPages, type PerPage, type PrintedBib } from '../../functions/rules/bib-sheet.ts'
import { type Poster, posterPages } from '../../functions/rules/posters.ts'
import type { MeasureText, PrintPage } from '../../functions/rules/print-shapes.ts'

/** What is to be printed, as it is handed to the thread that draws. */
export type PrintJob = { title: string; nowMs: number } & (
  | { kind: 'bibs'; bibs: readonly PrintedBib[]; perPage: PerPage }
  | { kind: 'posters'; posters: readonly Poster[] }
)

export const pagesOf = (job: PrintJob, measure: MeasureText): PrintPage[] =>
  job.kind === 'bibs' ? bibPages(job.bibs, { perPage: job.perPage, measure }) : posterPages(job.posters, measure)
