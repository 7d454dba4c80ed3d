import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { reportId } from '../../design-docs/ids.ts'
import { jobRow } from '../../design-docs/jobs.ts'
import { eventCode, sha256Hex, teamNumber } from '../../design-docs/primitives.ts'
import {
  linkList,
  madeLink,
  makeLink,
  makeScoreboards,
  reportList,
  report as reportSchema,
} from '../../design-docs/scoreboards.ts'
import type { Storage } from '../images/storage.ts'
import { jobRowOf, jobsOf, readJob } from '../jobs/job-records.ts'
import { keptDaysOf } from '../jobs/prune-jobs.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, writeAudit } from '../login/office.ts'
import { errorBody, jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { pdfType, xlsxType } from './make-board.ts'
import { orderScoreboards } from './order-scoreboards.ts'
import { linkRows, makeReportLink, revokeReportLink } from './report-links.ts'
import { reportRows } from './report-rows.ts'
import { fileNameOf, scoreboardJob } from './scoreboard-job.ts'

const tags = ['scoreboards']
const ofEvent = z.object({ event: eventCode })
const dayMs = 24 * 3_600_000

export type ScoreboardDeps = { it: Installation; storage: Storage; poke(): void; publicUrl?: string | undefined }

/** Scoreboards and the links that open them, to be mounted under `/api`. */
export function scoreboardRoutes({ it, storage, poke, publicUrl }: ScoreboardDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/scoreboards',
    tags,
    summary: 'Which team has a scoreboard, and what is being made',
    request: { params: ofEvent, query: z.object({ team: teamNumber.optional() }) },
    responses: jsonAnswer(reportList, 'Scoreboards'),
  })
  api.openapi(list, async (c) => {
    const { event } = c.req.valid('param')
    const [reports, jobs, keptDays] = await Promise.all([
      reportRows(it.couch, event, c.req.valid('query').team),
      jobsOf(it, event, scoreboardJob),
      keptDaysOf(it, event),
    ])
    const rows = await Promise.all(jobs.slice(0, 10).map((one) => jobRowOf(it, one)))
    return c.json({ now: it.now(), keptDays, reports, jobs: rows }, 200)
  })

  const make = createRoute({
    method: 'post',
    path: '/events/{event}/scoreboards',
    tags,
    summary: 'Make scoreboards in the background',
    request: { params: ofEvent, body: jsonBody(makeScoreboards) },
    responses: jsonAnswer(jobRow, 'The job, as it stands after a moment'),
  })
  api.openapi(make, async (c) => {
    const { event } = c.req.valid('param')
    const order = { event, asked: c.req.valid('json'), by: c.var.caller.account }
    const id = await orderScoreboards(it, order, poke)
    return c.json(await jobRowOf(it, await readJob(it, { event, id })), 200)
  })

  const open = createRoute({
    method: 'get',
    path: '/events/{event}/scoreboards/{team}/{format}',
    tags,
    summary: 'A team’s scoreboard as it was made last',
    request: { params: ofEvent.extend({ team: teamNumber, format: z.enum(['pdf', 'xlsx']) }) },
    responses: {
      200: {
        description: 'The file',
        content: { [pdfType]: { schema: z.string() }, [xlsxType]: { schema: z.string() } },
      },
      default: { description: 'What went wrong, by code', content: { 'application/json': { schema: errorBody } } },
    },
  })
  api.openapi(open, async (c) => {
    const { event, team, format } = c.req.valid('param')
    const desk = it.couch.database(databaseName(event, 'desk'))
    const found = await readDoc(desk, reportId(team), reportSchema)
    const file = found && (await storage.stream(found[format].storageKey))
    if (!found || !file) throw new AppError('ZK-BOARD-002', { figures: { team } })
    return c.body(file.body, 200, {
      'content-type': format === 'pdf' ? pdfType : xlsxType,
      'content-length': String(file.bytes),
      'content-disposition': `attachment; filename="${fileNameOf(found, format)}"`,
      'cache-control': 'private, no-store',
    })
  })

  const links = createRoute({
    method: 'get',
    path: '/events/{event}/report-links',
    tags,
    summary: 'Links that open a team’s report without signing in',
    request: { params: ofEvent },
    responses: jsonAnswer(linkList, 'Links'),
  })
  api.openapi(links, async (c) => {
    const rows = await linkRows(it, c.req.valid('param').event)
    return c.json({ now: it.now(), links: rows }, 200)
  })

  const link = createRoute({
    method: 'post',
    path: '/events/{event}/report-links',
    tags,
    summary: 'A link that opens a team’s report, whichever stands, until its date',
    request: { params: ofEvent, body: jsonBody(makeLink) },
    responses: jsonAnswer(madeLink, 'The link, which is told once'),
  })
  api.openapi(link, async (c) => {
    const { event } = c.req.valid('param')
    const { team, days } = c.req.valid('json')
    const by = c.var.caller.account
    const desk = it.couch.database(databaseName(event, 'desk'))
    if (!(await readDoc(desk, reportId(team), reportSchema))) throw new AppError('ZK-BOARD-002', { figures: { team } })
    const until = it.now() + days * dayMs
    const token = await makeReportLink(it, { event, to: { kind: 'report', team }, for: 'person', by, until })
    await writeAudit(it.office, it.now(), { by, event, action: 'report-link-made', about: team, details: { until } })
    return c.json({ link: `${baseOf(publicUrl, c.req.url)}/r/${token}`, until }, 200)
  })

  const revoke = createRoute({
    method: 'delete',
    path: '/events/{event}/report-links/{link}',
    tags,
    summary: 'From now on the link opens nothing',
    request: { params: ofEvent.extend({ link: sha256Hex }) },
    responses: jsonAnswer(linkList, 'Links'),
  })
  api.openapi(revoke, async (c) => {
    const { event, link: id } = c.req.valid('param')
    await revokeReportLink(it, { event, id, by: c.var.caller.account })
    return c.json({ now: it.now(), links: await linkRows(it, event) }, 200)
  })
  return api
}

/** The name under which the server is known; the host asked for where none was set. */
export const baseOf = (publicUrl: string | undefined, requested: string): string =>
  (publicUrl ?? new URL(requested).origin).replace(/\/$/, '')
