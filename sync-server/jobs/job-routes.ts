import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { type Caller, mayCall, routeRights } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { jobList, jobRow } from '../../design-docs/jobs.ts'
import { mayOpen } from '../../design-docs/menus.ts'
import { orderedPaper, paperJob } from '../../design-docs/papers.ts'
import { eventCode, ulidText } from '../../design-docs/primitives.ts'
import { madeLink } from '../../design-docs/scoreboards.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { maskOf } from '../login/menu-masks.ts'
import { jsonAnswer } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { makeReportLink } from '../scoreboards/report-links.ts'
import { cancelJob, jobRowOf, jobsOf, readJob, redriveJob } from './job-records.ts'
import { keptDaysOf } from './prune-jobs.ts'

const tags = ['jobs']
const ofEvent = z.object({ event: eventCode })
const ofJob = ofEvent.extend({ job: ulidText })
const downloadMs = 10 * 60_000

export type JobDeps = {
  it: Installation
  /** Whoever works on jobs in this process looks at once. */
  poke(): void
}

/** Work in the background, to be mounted under `/api`. */
export function jobRoutes({ it, poke }: JobDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  /** Who ordered a job deals with it, and who may order any: ZK-AUTH-002 to others. */
  async function demandOwn({ account, roles }: Caller, event: string, id: string): Promise<void> {
    if (mayCall(routeRights['POST /api/events/{event}/scoreboards'], roles)) return
    if ((await readJob(it, { event, id })).by !== account) throw new AppError('ZK-AUTH-002')
  }
  /** Results on paper are for whoever may see them on screen. */
  async function demandMenu(caller: Caller, event: string, id: string): Promise<void> {
    const { kind, asked } = await readJob(it, { event, id })
    if (kind !== paperJob || orderedPaper.parse(asked).paper === 'bibs') return
    if (!mayOpen(await maskOf(it, caller), 'results')) throw new AppError('ZK-AUTH-002')
  }
  const answerRow = async (event: string, id: string) => await jobRowOf(it, await readJob(it, { event, id }))

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/jobs',
    tags,
    summary: 'Work in the background, newest first',
    request: { params: ofEvent, query: z.object({ kind: z.string().max(30).optional() }) },
    responses: jsonAnswer(jobList, 'Jobs'),
  })
  api.openapi(list, async (c) => {
    const jobs = await jobsOf(it, c.req.valid('param').event, c.req.valid('query').kind)
    const keptDays = await keptDaysOf(it, c.req.valid('param').event)
    return c.json(
      { now: it.now(), keptDays, jobs: await Promise.all(jobs.slice(0, 50).map((one) => jobRowOf(it, one))) },
      200,
    )
  })

  const look = createRoute({
    method: 'get',
    path: '/events/{event}/jobs/{job}',
    tags,
    summary: 'How far a job is, and what failed in it',
    request: { params: ofJob },
    responses: jsonAnswer(jobRow, 'Job'),
  })
  api.openapi(look, async (c) => {
    const { event, job } = c.req.valid('param')
    return c.json(await answerRow(event, job), 200)
  })

  const cancel = createRoute({
    method: 'post',
    path: '/events/{event}/jobs/{job}/cancel',
    tags,
    summary: 'Break a job off; what is done stays done',
    request: { params: ofJob },
    responses: jsonAnswer(jobRow, 'Job'),
  })
  api.openapi(cancel, async (c) => {
    const { event, job } = c.req.valid('param')
    await demandOwn(c.var.caller, event, job)
    await cancelJob(it, { event, id: job, by: c.var.caller.account })
    poke()
    return c.json(await answerRow(event, job), 200)
  })

  const redrive = createRoute({
    method: 'post',
    path: '/events/{event}/jobs/{job}/redrive',
    tags,
    summary: 'Try what failed, or was broken off, again',
    request: { params: ofJob },
    responses: jsonAnswer(jobRow, 'Job'),
  })
  api.openapi(redrive, async (c) => {
    const { event, job } = c.req.valid('param')
    await demandOwn(c.var.caller, event, job)
    await redriveJob(it, { event, id: job, by: c.var.caller.account })
    poke()
    return c.json(await answerRow(event, job), 200)
  })

  const file = createRoute({
    method: 'post',
    path: '/events/{event}/jobs/{job}/files/{file}',
    tags,
    summary: 'A link by which a browser saves a file of a job, for ten minutes',
    request: { params: ofJob.extend({ file: z.coerce.number().int().min(0).max(99) }) },
    responses: jsonAnswer(madeLink, 'Link'),
  })
  api.openapi(file, async (c) => {
    const { event, job: id, file: n } = c.req.valid('param')
    await demandOwn(c.var.caller, event, id)
    await demandMenu(c.var.caller, event, id)
    const found = await readJob(it, { event, id })
    if (!found.files[n]) throw new AppError('ZK-BOARD-002', { figures: { job: id, file: n } })
    const until = it.now() + downloadMs
    const to = { kind: 'file', job: id, file: n } as const
    const token = await makeReportLink(it, { event, to, for: 'download', by: c.var.caller.account, until })
    return c.json({ link: `/r/${token}`, until }, 200)
  })
  return api
}
