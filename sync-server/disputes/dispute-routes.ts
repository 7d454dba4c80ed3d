import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { planEffect } from '../../design-docs/console.ts'
import { databaseName, office } from '../../design-docs/databases.ts'
import { decision } from '../../design-docs/decisions.ts'
import { doublePage, outPage, protestPage, reviewCounts, unseenPage } from '../../design-docs/disputes.ts'
import { entrant } from '../../design-docs/entry.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { eventCode, ulidText } from '../../design-docs/primitives.ts'
import { voidedFacts } from '../../functions/rules/void-facts.ts'
import { messagesOf } from '../chat/thread-page.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { readDocs } from '../login/office.ts'
import { claimsOf } from '../results/claims.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { readPlan } from '../results/save-plan.ts'
import { decisionEffect } from './decision-effect.ts'
import { doubleCsvOf } from './double-csv.ts'
import { doubleRowsOf } from './double-page.ts'
import { outPageOf } from './out-page.ts'
import { protestPageOf } from './protest-page.ts'
import { reviewCountsOf } from './review-counts.ts'
import { unseenPageOf } from './unseen-page.ts'

const params = z.object({ event: eventCode })
const tags = ['disputes']

/** What decisions would do, who waits for them, who is still out, and what cannot have been. */
export function disputeRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  const { couch } = deps

  const effect = createRoute({
    method: 'post',
    path: '/events/{event}/decisions/effect',
    tags,
    summary: 'What decisions would do to the results; nothing is written',
    request: { params, body: jsonBody(z.object({ decisions: z.array(decision).min(1).max(500) })) },
    responses: jsonAnswer(planEffect, 'Effect'),
  })
  api.openapi(effect, async (c) => {
    const { event } = c.req.valid('param')
    const { view } = await deps.desks.of(event)
    const plan = await readPlan(couch, event)
    const by = { author: c.var.caller, event, view, nowMs: deps.now(), plan }
    return c.json(await decisionEffect(couch, c.req.valid('json').decisions, by), 200)
  })

  const counts = createRoute({
    method: 'get',
    path: '/events/{event}/review-counts',
    tags,
    summary: 'How much waits at which checkpoint, and who decided how much',
    request: { params },
    responses: jsonAnswer(reviewCounts, 'Counts'),
  })
  api.openapi(counts, async (c) => {
    const { event } = c.req.valid('param')
    const [{ view }, held] = await Promise.all([deps.desks.of(event), claimsOf(couch, event, deps.now).held()])
    return c.json(reviewCountsOf(view, held), 200)
  })

  const out = createRoute({
    method: 'get',
    path: '/events/{event}/out',
    tags,
    summary: 'Who is still out: overdue teams, retirements, calls for help; telephone numbers for admins',
    request: { params },
    responses: jsonAnswer(outPage, 'Who is out'),
  })
  api.openapi(out, async (c) => {
    const { event } = c.req.valid('param')
    const { view } = await deps.desks.of(event)
    const phones = c.var.caller.roles.includes('admin') ? await phonesOf(event) : null
    return c.json(await outPageOf(view, { now: deps.now(), phones, callsOf: (team) => callsOf(event, team) }), 200)
  })

  async function phonesOf(event: string): Promise<Map<string, string>> {
    const entrants = await readDocs(couch.database(office), `entrant:${event}`, entrant)
    return new Map(
      entrants.flatMap(({ number, entry: { phone } }) => (number && phone ? [[number, phone] as const] : [])),
    )
  }

  /** Calls for help that stand; in order of id they lie before the voids, and there are few of either. */
  async function callsOf(event: string, team: string): Promise<string[]> {
    const log = couch.database(databaseName(event, 'log'))
    const ranges = await Promise.all(
      ['help', 'void'].map((type) =>
        log.all({ startkey: `${team}:${type}:`, endkey: `${team}:${type};`, includeDocs: true }),
      ),
    )
    const facts = ranges.flat().flatMap(({ doc }) => (doc ? [doc as unknown as Fact] : []))
    const voided = voidedFacts(facts)
    return facts.filter(({ _id, type }) => type === 'help' && !voided.has(_id)).map(({ _id }) => _id)
  }

  const doubles = createRoute({
    method: 'get',
    path: '/events/{event}/double-scans',
    tags,
    summary: 'Teams recorded at two places that nobody could have reached in the time between',
    request: { params },
    responses: jsonAnswer(doublePage, 'Pairs of records'),
  })
  api.openapi(doubles, async (c) => {
    const { view } = await deps.desks.of(c.req.valid('param').event)
    return c.json({ maxSpeedKmh: view.event?.rules.maxSpeedKmh ?? 0, rows: doubleRowsOf(view) }, 200)
  })
  api.get('/events/:event/double-scans.csv', async (c) => {
    const event = c.req.param('event')
    const [{ view }, people] = await Promise.all([deps.desks.of(event), deps.people(event)])
    const text = doubleCsvOf(doubleRowsOf(view), {
      timeZone: view.event?.timeZone ?? 'UTC',
      language: c.req.header('accept-language')?.startsWith('ja') ? 'ja' : 'en',
      nameOf: (account) => people[account] ?? account,
    })
    return c.body(text, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${event}-double-scans.csv"`,
    })
  })

  const protests = createRoute({
    method: 'get',
    path: '/events/{event}/protests',
    tags,
    summary: 'Questions of teams about decisions, with what became of them',
    request: { params },
    responses: jsonAnswer(protestPage, 'Protests'),
  })
  api.openapi(protests, async (c) => {
    const { event } = c.req.valid('param')
    const [{ view }, messages] = await Promise.all([deps.desks.of(event), messagesOf(couch, { event })])
    return c.json(protestPageOf(view, messages, deps.now()), 200)
  })

  const unseen = createRoute({
    method: 'get',
    path: '/events/{event}/notices/{notice}/unseen',
    tags,
    summary: 'Phones and teams that have not seen a notice',
    request: { params: params.extend({ notice: ulidText }) },
    responses: jsonAnswer(unseenPage, 'Who has not seen it'),
  })
  api.openapi(unseen, async (c) => {
    const { event, notice } = c.req.valid('param')
    const [{ view }, devices] = await Promise.all([deps.desks.of(event), deps.deviceReports(event)])
    return c.json(unseenPageOf(view, devices, notice), 200)
  })
  return api
}
