import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { AppError } from '../../design-docs/errors.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import { firstEvent } from '../../design-docs/set-up.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { addressOf, rateLimit } from '../login/rate-limit.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { lookAtSetUp, setUpEvent } from './set-up-event.ts'

const token = z.string().min(20).max(200)
const tags = ['set-up']

/** The first installation, to be mounted at `/api`. The token of the printed link is the right. */
export function setUpRoutes(it: Installation): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')
  // A page that asks twice must not find the databases half made.
  let before: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = before.then(work)
    before = turn.catch(() => {})
    return turn
  }
  const failures = rateLimit({ tries: 40, windowMs: 60_000, now: it.now })

  async function counted<T>(c: Context, work: Promise<T>): Promise<T> {
    return await work.catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'ZK-AUTH-003') failures.take(addressOf(c))
      throw error
    })
  }

  const look = createRoute({
    method: 'post',
    path: '/setup/look',
    tags,
    summary: 'Whether a set-up link can still be used, and the code it is bound to',
    request: { body: jsonBody(z.strictObject({ token })) },
    responses: jsonAnswer(z.object({ code: eventCode.nullable() }), 'It can'),
  })
  api.openapi(look, async (c) => {
    return c.json(await counted(c, lookAtSetUp(it, c.req.valid('json').token)), 200)
  })

  const make = createRoute({
    method: 'post',
    path: '/setup',
    tags,
    summary: 'Make the first event of an installation',
    request: { body: jsonBody(firstEvent.extend({ token })) },
    responses: jsonAnswer(z.object({ invitation: z.string() }), 'What signs the admin in'),
  })
  api.openapi(make, async (c) => {
    const { token: shown, ...wanted } = c.req.valid('json')
    return c.json(
      await counted(
        c,
        inTurn(() => setUpEvent(it, shown, wanted)),
      ),
      200,
    )
  })
  return api
}
