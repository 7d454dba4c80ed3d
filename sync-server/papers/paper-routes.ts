import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { exportQuery } from '../../design-docs/exports.ts'
import { jobRow } from '../../design-docs/jobs.ts'
import { type OrderedPaper, paperFile } from '../../design-docs/papers.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import { printBibs } from '../../design-docs/print.ts'
import { readCertificate } from '../exports/certificate-template.ts'
import { paperOf } from '../exports/paper.ts'
import { rankingsAsked } from '../exports/rankings-asked.ts'
import { resultSet } from '../exports/result-set.ts'
import { languageOf } from '../gateway/answer-error.ts'
import type { Storage } from '../images/storage.ts'
import { jobRowOf, newJobId } from '../jobs/job-records.ts'
import { untilEnded } from '../jobs/until-ended.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { contactJob } from '../palettes/contact-job.ts'
import { bibsToPrint } from '../print/bibs-to-print.ts'
import type { PrintJob } from '../print/print-job.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { orderPaper } from './paper-job.ts'

export type PaperDeps = { it: Installation; storage: Storage; poke(): void } & Pick<ConsoleDeps, 'desks' | 'people'>

const ofEvent = z.object({ event: eventCode })
/** What is short is drawn within this, so that it can be saved at once. */
const patienceMs = 2000

/** What is printed, drawn in the background where the same in one answer could be long; to be mounted under `/api`. */
export function paperRoutes({ it, storage, desks, people, poke }: PaperDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  const answer = jsonAnswer(jobRow, 'The job, as it stands after a moment')

  async function order(c: Context<GuardedEnv>, event: string, paper: OrderedPaper['paper'], job: PrintJob) {
    const id = newJobId(it.now)
    const name = `${event}-${paper.replace('.pdf', '')}.pdf`
    await orderPaper(it, storage, { event, id, job, of: { paper, name }, by: c.var.caller.account })
    poke()
    return c.json(await jobRowOf(it, await untilEnded(it, { event, id }, patienceMs)), 200)
  }

  const bibs = createRoute({
    method: 'post',
    path: '/events/{event}/print/bibs/job',
    tags: ['print'],
    summary: 'Bibs of teams as a PDF, drawn in the background',
    request: { params: ofEvent, body: jsonBody(printBibs) },
    responses: answer,
  })
  api.openapi(bibs, async (c) => {
    const { event } = c.req.valid('param')
    const asked = c.req.valid('json')
    const { plan, bibs: printed } = await bibsToPrint(it, event, asked)
    const title = plan.name[asked.language]
    return await order(c, event, 'bibs', {
      ...{ kind: 'bibs', title, nowMs: it.now(), bibs: printed, perPage: asked.perPage },
    })
  })

  const list = createRoute({
    method: 'post',
    path: '/events/{event}/exports/{file}/job',
    tags: ['exports'],
    summary: 'Rankings, awards or certificates as a PDF, drawn in the background as they stand now',
    request: { params: ofEvent.extend({ file: paperFile }), body: jsonBody(exportQuery) },
    responses: answer,
  })
  api.openapi(list, async (c) => {
    const { event, file } = c.req.valid('param')
    const asked = c.req.valid('json')
    const [{ view }, named] = await Promise.all([desks.of(event), people(event)])
    const language = asked.language ?? languageOf(c.req.header('accept-language'))
    const rankings = await rankingsAsked(it.couch, view, asked.snapshot)
    const set = resultSet({ ...view, rankings }, { asked, language, nowMs: it.now(), people: named })
    const job = await paperOf(set, file, { options: asked, certificate: () => readCertificate(it.couch, event) })
    return await order(c, event, file, job)
  })
  const contacts = createRoute({
    method: 'post',
    path: '/events/{event}/contact-sheet/job',
    tags: ['palettes'],
    summary: 'Every portrait before and after on A4 pages, as a PDF, drawn in the background',
    request: { params: ofEvent, body: jsonBody(z.object({ language: z.enum(['ja', 'en']) })) },
    responses: answer,
  })
  api.openapi(contacts, async (c) => {
    const { event } = c.req.valid('param')
    const { language } = c.req.valid('json')
    const { view } = await desks.of(event)
    const job = await contactJob({ it, event, view, language })
    return await order(c, event, 'contact-sheet', {
      title: view.event?.name[language] ?? event,
      nowMs: it.now(),
      ...job,
    })
  })
  return api
}
