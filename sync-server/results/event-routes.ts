import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { cashUp } from '../../design-docs/cash-up.ts'
import { deviceRow, noticeList, overview, problemRow, teamBib, teamPage, teamRow } from '../../design-docs/console.ts'
import { AppError } from '../../design-docs/errors.ts'
import { phases } from '../../design-docs/plan.ts'
import { eventCode, role, teamNumber, words } from '../../design-docs/primitives.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { bibOf } from './bib-of.ts'
import { cashUpOf } from './cash-up-page.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { jsonAnswer, jsonBody } from './json-answer.ts'
import { noticeRowsOf } from './notice-rows.ts'
import { openApi } from './open-api.ts'
import { overviewOf, recentContactMs } from './overview.ts'
import { teamPageOf, teamRowsOf } from './team-page.ts'

const ofEvent = z.object({ event: eventCode })
const tags = ['console']

const eventLine = z.object({ code: eventCode, name: words, phase: z.enum(phases), roles: z.array(role) })

/** What the console reads: events, overview, devices, problems, teams. */
export function eventRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const events = createRoute({
    method: 'get',
    path: '/events',
    tags,
    summary: 'The events the caller has a role in',
    responses: jsonAnswer(z.object({ events: z.array(eventLine) }), 'Events'),
  })
  api.openapi(events, async (c) => {
    const { event: code, roles } = c.var.caller
    const { event } = (await deps.desks.of(code)).view
    const lines = event ? [{ code, name: event.name, phase: event.phase, roles: [...roles] }] : []
    return c.json({ events: lines }, 200)
  })

  const overviewRoute = createRoute({
    method: 'get',
    path: '/events/{event}/overview',
    tags,
    summary: 'Where the event stands now',
    request: { params: ofEvent },
    responses: jsonAnswer(overview, 'Overview'),
  })
  api.openapi(overviewRoute, async (c) => {
    const { event } = c.req.valid('param')
    const [{ view }, devices, problems] = await Promise.all([
      deps.desks.of(event),
      deps.devices(event),
      deps.problems(event),
    ])
    const now = deps.now()
    const known = devices.filter((device) => !device.removed)
    const recent = known.filter(
      (device) => device.lastContactAt !== null && now - device.lastContactAt < recentContactMs,
    )
    return c.json(
      overviewOf(view, now, { problems: problems.length, devices: { total: known.length, recent: recent.length } }),
      200,
    )
  })

  const devicesRoute = createRoute({
    method: 'get',
    path: '/events/{event}/devices',
    tags,
    summary: 'Devices with role, version, last contact, backlog and clock',
    request: { params: ofEvent },
    responses: jsonAnswer(z.object({ now: z.int(), devices: z.array(deviceRow) }), 'Devices'),
  })
  api.openapi(devicesRoute, async (c) => {
    const { event } = c.req.valid('param')
    return c.json({ now: deps.now(), devices: await deps.devices(event) }, 200)
  })

  const cashRoute = createRoute({
    method: 'get',
    path: '/events/{event}/cash-up',
    tags,
    summary: 'Fees taken at the reception, by device and person',
    request: { params: ofEvent },
    responses: jsonAnswer(cashUp, 'Tills'),
  })
  api.openapi(cashRoute, async (c) => {
    const { event } = c.req.valid('param')
    const [{ view }, devices] = await Promise.all([deps.desks.of(event), deps.devices(event)])
    return c.json(await cashUpOf({ couch: deps.couch, event, view, devices }), 200)
  })

  const peopleRoute = createRoute({
    method: 'get',
    path: '/events/{event}/people',
    tags,
    summary: 'Names of those who have an account, by account',
    request: { params: ofEvent },
    responses: jsonAnswer(z.object({ people: z.record(z.string(), z.string()) }), 'Names'),
  })
  api.openapi(peopleRoute, async (c) => c.json({ people: await deps.people(c.req.valid('param').event) }, 200))

  const problemsRoute = createRoute({
    method: 'get',
    path: '/events/{event}/problems',
    tags,
    summary: 'Work that failed too often and records that were refused',
    request: { params: ofEvent },
    responses: jsonAnswer(z.object({ problems: z.array(problemRow) }), 'Problems'),
  })
  api.openapi(problemsRoute, async (c) => {
    const { event } = c.req.valid('param')
    return c.json({ problems: await deps.problems(event) }, 200)
  })

  const redriveRoute = createRoute({
    method: 'post',
    path: '/events/{event}/problems/redrive',
    tags,
    summary: 'Try a parked item, or a picture that is held, again',
    request: { params: ofEvent, body: jsonBody(z.object({ id: z.string().min(1).max(300) })) },
    responses: jsonAnswer(z.object({ redriven: z.literal(true) }), 'It is tried again'),
  })
  api.openapi(redriveRoute, async (c) => {
    const { event } = c.req.valid('param')
    const { id } = c.req.valid('json')
    const isOfEvent = id.startsWith(`parked:${event}:`) || id.startsWith('held:')
    if (!isOfEvent || !(await deps.redrive(event, id))) throw new AppError('ZK-PLAN-004', { figures: { id } })
    return c.json({ redriven: true as const }, 200)
  })

  const notices = createRoute({
    method: 'get',
    path: '/events/{event}/notices',
    tags,
    summary: 'Every notice, and how many of the phones that it is for have it',
    request: { params: ofEvent },
    responses: jsonAnswer(noticeList, 'Notices'),
  })
  api.openapi(notices, async (c) => {
    const { event } = c.req.valid('param')
    const [{ view }, devices] = await Promise.all([deps.desks.of(event), deps.deviceReports(event)])
    const now = deps.now()
    return c.json({ now, notices: noticeRowsOf(view, devices, now) }, 200)
  })

  const teams = createRoute({
    method: 'get',
    path: '/events/{event}/teams',
    tags,
    summary: 'Every team in a line',
    request: { params: ofEvent },
    responses: jsonAnswer(z.object({ teams: z.array(teamRow) }), 'Teams'),
  })
  api.openapi(teams, async (c) => {
    const { event } = c.req.valid('param')
    const { view } = await deps.desks.of(event)
    return c.json({ teams: teamRowsOf(view, deps.now()) }, 200)
  })

  const oneTeam = createRoute({
    method: 'get',
    path: '/events/{event}/teams/{team}',
    tags,
    summary: 'One team: card, verdicts and the facts behind them',
    request: { params: ofEvent.extend({ team: teamNumber }) },
    responses: jsonAnswer(teamPage, 'Team'),
  })
  api.openapi(oneTeam, async (c) => {
    const asked = c.req.valid('param')
    const { view } = await deps.desks.of(asked.event)
    return c.json(await teamPageOf(deps.couch, view, asked), 200)
  })

  const bib = createRoute({
    method: 'get',
    path: '/events/{event}/teams/{team}/bib',
    tags,
    summary: 'The bib of a team: what its QR says, for the issue that holds',
    request: { params: ofEvent.extend({ team: teamNumber }) },
    responses: jsonAnswer(teamBib, 'Bib'),
  })
  api.openapi(bib, async (c) => c.json(await bibOf(deps, c.req.valid('param')), 200))
  return api
}
