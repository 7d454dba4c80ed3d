import { bibPages, type PerPage, type PrintedBib } from '../../functions/rules/bib-sheet.ts'
import type { BoardPage } from '../../functions/rules/board-shapes.ts'
import { type Certificate, certificatePages } from '../../functions/rules/certificates.ts'
import { type ContactCell, contactSheet } from '../../functions/rules/contact-sheet.ts'
import { type PaperPlace, type PaperTable, tablePages } from '../../functions/rules/paper-tables.ts'
import { type Poster, posterPages } from '../../functions/rules/posters.ts'
import type { MeasureText } from '../../functions/rules/print-shapes.ts'

/** What is to be printed, as it is handed to the thread that draws. */
export type PrintJob = { title: string; nowMs: number } & (
  | { kind: 'bibs'; bibs: readonly PrintedBib[]; perPage: PerPage }
  | { kind: 'posters'; posters: readonly Poster[] }
  | { kind: 'tables'; asOf: string; tables: readonly PaperTable[]; place?: PaperPlace }
  | { kind: 'certificates'; certificates: readonly Certificate[] }
  | {
      kind: 'contacts'
      cells: readonly ContactCell[]
      photos: Readonly<Record<string, Uint8Array>>
      place?: PaperPlace
    }
)

export function pagesOf(job: PrintJob, measure: MeasureText): BoardPage[] {
  switch (job.kind) {
    case 'bibs':
      return bibPages(job.bibs, { perPage: job.perPage, measure })
    case 'posters':
      return posterPages(job.posters, measure)
    case 'tables':
      return tablePages(job.tables, { ...job, measure })
    case 'certificates':
      return certificatePages(job.certificates, measure)
    case 'contacts':
      return contactSheet(job.cells, { ...job, measure })
  }
}
