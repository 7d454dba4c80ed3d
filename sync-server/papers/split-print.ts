import { contactsAPage } from '../../functions/rules/contact-sheet.ts'
import { tablesByPage } from '../../functions/rules/paper-tables.ts'
import type { PrintJob } from '../print/print-job.ts'

/** Drawn within a second or two, so that progress is seen and little is drawn twice. */
const pagesAPart = 40
/** Thirty pictures each. */
const contactPagesAPart = 4

/** The same paper in parts whose pages, one part after the other, are those of the whole; numbered throughout. */
export function splitPrint(job: PrintJob): PrintJob[] {
  switch (job.kind) {
    case 'bibs':
      return runs(job.bibs, job.perPage * pagesAPart).map((bibs) => ({ ...job, bibs }))
    case 'certificates':
      return runs(job.certificates, pagesAPart).map((certificates) => ({ ...job, certificates }))
    case 'tables': {
      const pages = tablesByPage(job.tables)
      return runs(pages, pagesAPart).map((tables, n) => {
        return { ...job, tables, place: { first: n * pagesAPart + 1, of: pages.length } }
      })
    }
    case 'contacts': {
      const of = Math.max(1, Math.ceil(job.cells.length / contactsAPage))
      return runs(job.cells, contactsAPage * contactPagesAPart).map((cells, n) => {
        return { ...job, cells, place: { first: n * contactPagesAPart + 1, of } }
      })
    }
    default:
      return [job]
  }
}

function runs<T>(all: readonly T[], most: number): T[][] {
  const count = Math.max(1, Math.ceil(all.length / most))
  return Array.from({ length: count }, (_, n) => all.slice(n * most, (n + 1) * most))
}
