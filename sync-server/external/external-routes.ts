import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { AppError } from '../../design-docs/errors.ts'
import { outsideState } from '../../design-docs/external.ts'
import { eventCode, teamNumber } from '../../design-docs/primitives.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { jsonAnswer } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { outsideTeam, tellAgain } from './outside-team.ts'

const tags = ['teams']
const ofTeam = z.object({ event: eventCode, team: teamNumber })
const answer = z.object({ outside: outsideState.nullable() })

/** How it stands with a team in the external system, to be mounted under `/api`. */
export function externalRoutes(it: Installation): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const look = createRoute({
    method: 'get',
    path: '/events/{event}/teams/{team}/outside',
    tags,
    summary: 'What the external system knows of a team; null where there is none',
    request: { params: ofTeam },
    responses: jsonAnswer(answer, 'State'),
  })
  api.openapi(look, async (c) => c.json({ outside: await outsideTeam(it, c.req.valid('param')) }, 200))

  const again = createRoute({
    method: 'post',
    path: '/events/{event}/teams/{team}/outside',
    tags,
    summary: 'Tell the external system of a team anew',
    request: { params: ofTeam },
    responses: jsonAnswer(answer, 'It waits to be told'),
  })
  api.openapi(again, async (c) => {
    const asked = c.req.valid('param')
    const outside = await outsideTeam(it, asked)
    if (!outside) throw new AppError('ZK-PLAN-004', { figures: { team: asked.team } })
    await tellAgain(it, asked)
    return c.json({ outside: { ...outside, state: 'pending' as const, error: null } }, 200)
  })
  return api
}
