import { bibPages, type PerPage, type PrintedBib } from '../../functions/rules/bib-sheet.ts'
import { type Certificate, certificatePages } from '../../functions/rules/certificates.ts'
import { type PaperTable, tablePages } from '../../functions/rules/paper-tables.ts'
import { type Poster, posterPages } from '../../functions/rules/posters.ts'
import type { MeasureText, PrintPage } from '../../functions/rules/print-shapes.ts'

/** What is to be printed, as it is handed to the thread that draws. */
export type PrintJob = { title: string; nowMs: number } & (
  | { kind: 'bibs'; bibs: readonly PrintedBib[]; perPage: PerPage }
  | { kind: 'posters'; posters: readonly Poster[] }
  | { kind: 'tables'; asOf: string; tables: readonly PaperTable[] }
  | { kind: 'certificates'; certificates: readonly Certificate[] }
)

export function pagesOf(job: PrintJob, measure: MeasureText): PrintPage[] {
  switch (job.kind) {
    case 'bibs':
      return bibPages(job.bibs, { perPage: job.perPage, measure })
    case 'posters':
      return posterPages(job.posters, measure)
    case 'tables':
      return tablePages(job.tables, { ...job, measure })
    case 'certificates':
      return certificatePages(job.certificates, measure)
  }
}
