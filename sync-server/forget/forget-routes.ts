import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { AppError } from '../../design-docs/errors.ts'
import {
  agreement,
  forgettingPage,
  forgottenAnswer,
  retentionState,
  teamAgreement,
  teamForgettingPage,
} from '../../design-docs/forgetting.ts'
import { eventCode, teamNumber } from '../../design-docs/primitives.ts'
import type { Storage } from '../images/storage.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import type { Mailbox } from '../post/mailbox.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { agree, standingOf, stateOf, withdraw } from './agreement.ts'
import { previewForget } from './forget-event.ts'
import { closeTeam, previewForgetTeam } from './forget-team.ts'
import { findForgotten, forgetOrder } from './forgotten-events.ts'
import { askTeamsAnew, findForgottenTeam } from './forgotten-teams.ts'

export type ForgetDeps = {
  it: Installation
  storage: Storage
  mailbox: Mailbox
  /** Something may be due now; absent where another process looks. */
  poke?: (() => void) | undefined
}
const ofEvent = z.object({ event: eventCode })
const ofTeam = ofEvent.extend({ team: teamNumber })
const tags = ['forgetting']

/** When an event's data end: shown, agreed to and taken back by admins; and what anybody may hear of one that is forgotten. */
export function forgetRoutes({ it, storage, mailbox, poke }: ForgetDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')

  const state = createRoute({
    method: 'get',
    path: '/events/{event}/retention',
    tags,
    summary: 'When the data of an event are to be deleted, and whether an admin agreed',
    request: { params: ofEvent },
    responses: jsonAnswer(retentionState, 'The date'),
  })
  api.openapi(state, async (c) => {
    return c.json(stateOf(await standingOf(it, c.req.valid('param').event), it.now()), 200)
  })

  const read = createRoute({
    method: 'get',
    path: '/events/{event}/forgetting',
    tags,
    summary: 'What would be deleted now, by kind',
    request: { params: ofEvent },
    responses: jsonAnswer(forgettingPage, 'Counts'),
  })
  api.openapi(read, async (c) => c.json(await pageOf(c.req.valid('param').event), 200))

  const post = createRoute({
    method: 'post',
    path: '/events/{event}/forgetting',
    tags,
    summary: 'Agree that everything is deleted at the date of the plan',
    request: { params: ofEvent, body: jsonBody(agreement) },
    responses: jsonAnswer(forgettingPage, 'As agreed'),
  })
  api.openapi(post, async (c) => {
    const { event } = c.req.valid('param')
    await agree(it, { event, ...c.req.valid('json'), by: c.var.caller.account })
    const page = await pageOf(event)
    poke?.()
    return c.json(page, 200)
  })

  const drop = createRoute({
    method: 'delete',
    path: '/events/{event}/forgetting',
    tags,
    summary: 'Take the agreement back',
    request: { params: ofEvent },
    responses: jsonAnswer(forgettingPage, 'As it is now'),
  })
  api.openapi(drop, async (c) => {
    const { event } = c.req.valid('param')
    await withdraw(it, { event, by: c.var.caller.account })
    return c.json(await pageOf(event), 200)
  })

  const proof = createRoute({
    method: 'get',
    path: '/forgotten/{code}',
    tags,
    summary: 'The report of an event that was deleted: counts and a digest, no names',
    request: { params: z.object({ code: eventCode }) },
    responses: jsonAnswer(forgottenAnswer, 'The report'),
  })
  api.openapi(proof, async (c) => {
    const { code: event } = c.req.valid('param')
    const found = await findForgotten(it, event)
    if (!found) throw new AppError('ZK-SYS-003')
    const { by, ...report } = found.report ?? {}
    const shown = 'digest' in report ? report : null
    return c.json({ event, done: found.state === 'done', order: await forgetOrder(it, event), report: shown }, 200)
  })

  const teamPath = '/events/{event}/teams/{team}/forgetting'
  const readTeam = createRoute({
    method: 'get',
    path: teamPath,
    tags,
    summary: 'What of a team’s people would be deleted now, or how far that is, and the proof',
    request: { params: ofTeam },
    responses: jsonAnswer(teamForgettingPage, 'Counts, no names'),
  })
  api.openapi(readTeam, async (c) => c.json(await teamPageOf(c.req.valid('param')), 200))

  const postTeam = createRoute({
    method: 'post',
    path: teamPath,
    tags,
    summary: 'Delete the personal data of a team at its request; places and points stay',
    request: { params: ofTeam, body: jsonBody(teamAgreement) },
    responses: jsonAnswer(teamForgettingPage, 'As begun'),
  })
  api.openapi(postTeam, async (c) => {
    const about = c.req.valid('param')
    if (c.req.valid('json').number.trim() !== about.team) {
      throw new AppError('ZK-PLAN-002', { figures: { fields: [{ field: 'number', problem: 'another' }] } })
    }
    await closeTeam(teamParts(c.var.caller.account), about)
    askTeamsAnew(it, about.event)
    poke?.()
    return c.json(await teamPageOf(about), 200)
  })

  const teamParts = (by: string) => ({ ...it, storage, mailbox, by })

  async function teamPageOf(about: { event: string; team: string }) {
    const found = await findForgottenTeam(it, about.event, about.team)
    const preview = found ? null : (await previewForgetTeam(teamParts(''), about)).counts
    const { state, since, by, doneAt, late } = found ?? {}
    const standing =
      state && since !== undefined && by ? { state, since, by, late: late ?? 0, ...(doneAt && { doneAt }) } : null
    return { now: it.now(), team: about.team, preview, standing, report: found?.report ?? null }
  }

  async function pageOf(event: string) {
    const { plan, agreed } = await standingOf(it, event)
    const { counts } = await previewForget({ ...it, storage, mailbox, by: '' }, event)
    return { now: it.now(), retention: plan.retention ?? null, agreed, preview: counts }
  }
  return api
}
