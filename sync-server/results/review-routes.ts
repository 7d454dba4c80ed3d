import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { claim, evidence, reviewQueue } from '../../design-docs/console.ts'
import { decision, decisionAnswer } from '../../design-docs/decisions.ts'
import { reviewQuery } from '../../design-docs/disputes.ts'
import { AppError } from '../../design-docs/errors.ts'
import { factMenus, mayOpen } from '../../design-docs/menus.ts'
import { eventCode, factId } from '../../design-docs/primitives.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { maskOf } from '../login/menu-masks.ts'
import { claimsOf } from './claims.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { evidenceOf } from './evidence.ts'
import { jsonAnswer, jsonBody } from './json-answer.ts'
import type { ClaimBoard } from './live-feed.ts'
import { openApi } from './open-api.ts'
import { reviewQueueOf } from './review-queue.ts'
import { writeDecision } from './write-decision.ts'

const ofEvent = z.object({ event: eventCode })
const tags = ['review']

/** The review queue, its evidence, claims, and the one door for decisions. */
export function reviewRoutes(deps: ConsoleDeps, board: ClaimBoard): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const queue = createRoute({
    method: 'get',
    path: '/events/{event}/review',
    tags,
    summary: 'Check-ins that wait for a person, then those the rules let pass',
    request: {
      params: ofEvent,
      query: reviewQuery.extend({ limit: z.coerce.number().int().min(1).max(500).default(200) }),
    },
    responses: jsonAnswer(reviewQueue, 'Queue'),
  })
  api.openapi(queue, async (c) => {
    const { event } = c.req.valid('param')
    const { view } = await deps.desks.of(event)
    return c.json(reviewQueueOf(view, c.req.valid('query')), 200)
  })

  const one = createRoute({
    method: 'get',
    path: '/events/{event}/review/{checkin}',
    tags,
    summary: 'The evidence of one check-in',
    request: { params: ofEvent.extend({ checkin: factId }) },
    responses: jsonAnswer(evidence, 'Evidence'),
  })
  api.openapi(one, async (c) => {
    const asked = c.req.valid('param')
    const { view } = await deps.desks.of(asked.event)
    return c.json(await evidenceOf(deps.couch, view, asked), 200)
  })

  const take = createRoute({
    method: 'post',
    path: '/events/{event}/claims',
    tags,
    summary: 'Say that one is looking at a check-in, and give up the one before',
    request: {
      params: ofEvent,
      body: jsonBody(z.object({ checkin: factId.optional(), release: factId.optional() })),
    },
    responses: jsonAnswer(z.object({ claim: claim.nullable(), mine: z.boolean() }), 'Whose it is now'),
  })
  api.openapi(take, async (c) => {
    const { event } = c.req.valid('param')
    const { account, device } = c.var.caller
    const { checkin, release } = c.req.valid('json')
    const claims = claimsOf(deps.couch, event, deps.now)
    if (release !== undefined) await claims.release(release, device)
    const taken = checkin === undefined ? null : await claims.take({ checkin, by: account, device })
    board.tell(event, taken ? [taken] : [], release === undefined ? [] : [release])
    return c.json({ claim: taken, mine: taken?.device === device }, 200)
  })

  const decide = createRoute({
    method: 'post',
    path: '/events/{event}/decisions',
    tags,
    summary:
      'Approve, reject, take back, move, adjust, rule, time, retire, correct, tell everyone, or speak in a thread',
    request: { params: ofEvent, body: jsonBody(decision) },
    responses: jsonAnswer(decisionAnswer, 'The fact it became'),
  })
  api.openapi(decide, async (c) => {
    const { event } = c.req.valid('param')
    const author = c.var.caller
    const { kind } = c.req.valid('json')
    const menu = factMenus[kind === 'move' ? 'review' : kind]
    if (menu && !mayOpen(await maskOf(deps, author), menu)) throw new AppError('ZK-AUTH-002')
    const { view } = await deps.desks.of(event)
    const fact = await writeDecision(deps.couch, c.req.valid('json'), { author, event, view, nowMs: deps.now() })
    return c.json({ fact }, 200)
  })
  return api
}
