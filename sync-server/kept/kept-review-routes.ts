import type { OpenAPIHono } from '@hono/zod-openapi'
import { confirmCheckinAnswer, confirmCheckinRequest, keptError } from '../../design-docs/kept.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { openApi } from '../results/open-api.ts'
import { confirmCheckin } from './confirm-checkin.ts'
import { readRequest } from './read-request.ts'

const path = '/confirm-checkin-validation'

/** The decision on a check-in under the name that callers have used since before zekken, to be mounted under `/api`. */
export function keptReviewRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  api.openAPIRegistry.registerPath({
    method: 'post',
    path: `${path}/`,
    tags: ['kept'],
    summary: 'Approve or reject a check-in',
    request: {
      body: {
        content: {
          'application/json': { schema: confirmCheckinRequest },
          'application/x-www-form-urlencoded': { schema: confirmCheckinRequest },
        },
      },
    },
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: confirmCheckinAnswer } } },
      default: { description: 'What went wrong', content: { 'application/json': { schema: keptError } } },
    },
  })
  for (const written of [`${path}/`, path]) {
    api.post(written, async (c) => {
      const asked = await readRequest(c, confirmCheckinRequest)
      const { action, comment = '', at, by } = await confirmCheckin(deps, asked, c.var.caller)
      const names = await deps.people(c.var.caller.event)
      const answer = {
        status: 'OK',
        validation_status: action,
        validation_comment: comment,
        validated_at: new Date(at).toISOString(),
        validated_by: names[by] ?? by,
      }
      return c.json(answer, 200)
    })
  }
  return api
}
