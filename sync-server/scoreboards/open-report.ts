import { type Context, Hono } from 'hono'
import { databaseName } from '../../design-docs/databases.ts'
import { reportId } from '../../design-docs/ids.ts'
import { job as jobSchema } from '../../design-docs/jobs.ts'
import { type ReportLink, report as reportSchema } from '../../design-docs/scoreboards.ts'
import type { Storage } from '../images/storage.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'
import { pdfType, xlsxType } from './make-board.ts'
import { noReportPage, pageStyleHash } from './no-report-page.ts'
import { openReportLink } from './report-links.ts'
import { fileNameOf } from './scoreboard-job.ts'

type Parts = { it: Installation; storage: Storage }
type Opened = { storageKey: string; name: string; contentType: string }

/** Browsers draw a PDF with parts of their own, which a sandbox or `object-src 'none'` would forbid. */
const policy = [
  "default-src 'none'",
  "object-src 'self'",
  "img-src 'self' data:",
  `style-src ${pageStyleHash}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
const headers = {
  'cache-control': 'private, no-store',
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
}

/**
 * What a report link opens, to be mounted at `/r`: the team's report as it stands now. Unknown, expired and revoked ones
 * get the same page, which says what to do.
 */
export function openReport({ it, storage }: Parts): Hono {
  const app = new Hono()
  app.get('/:token', async (c) => {
    const link = await openReportLink(it, c.req.param('token'))
    const wanted = c.req.query('as') === 'xlsx' ? 'xlsx' : 'pdf'
    const opened = link && (await fileOf(it, link, wanted))
    const found = opened && (await storage.stream(opened.storageKey))
    if (!opened || !found) return closed(c)
    // A page in the browser for what it can show, a file for the rest.
    const how = opened.contentType === pdfType && link.for !== 'download' ? 'inline' : 'attachment'
    return c.body(found.body, 200, {
      ...headers,
      'content-type': opened.contentType,
      'content-length': String(found.bytes),
      'content-disposition': `${how}; filename="${opened.name}"`,
    })
  })
  app.get('*', closed)
  return app
}

async function fileOf(it: Installation, { event, to }: ReportLink, format: 'pdf' | 'xlsx'): Promise<Opened | null> {
  if (to.kind === 'file') {
    const found = await readDoc(it.office, `job:${to.job}`, jobSchema)
    return (found?.event === event && found.files[to.file]) || null
  }
  const desk = it.couch.database(databaseName(event, 'desk'))
  const report = await readDoc(desk, reportId(to.team), reportSchema)
  if (!report) return null
  const contentType = format === 'pdf' ? pdfType : xlsxType
  return { storageKey: report[format].storageKey, name: fileNameOf(report, format), contentType }
}

const closed = (c: Context) => c.body(noReportPage, 404, { ...headers, 'content-type': 'text/html; charset=utf-8' })
