import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { recolouredId } from '../../design-docs/ids.ts'
import { putRecolour, recolour as recolourSchema, teamPictures } from '../../design-docs/palettes.ts'
import { eventCode, factId, teamNumber } from '../../design-docs/primitives.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import type { Desks } from '../results/open-desks.ts'
import { attachedPicture, pictureAnswer } from './attached-picture.ts'
import { picturesOfTeam, recolour } from './recolour.ts'

const ofEvent = z.object({ event: eventCode })
const ofPhoto = ofEvent.extend({ photo: factId })
const tags = ['palettes']

/** Any picture in the colours of one palette, to be mounted under `/api`. */
export function recolourRoutes(it: Installation, desks: Desks): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')

  const pictures = createRoute({
    method: 'get',
    path: '/events/{event}/teams/{team}/pictures',
    tags,
    summary: 'Every picture of a team, and in which palette’s colours each is wanted',
    request: { params: ofEvent.extend({ team: teamNumber }) },
    responses: jsonAnswer(teamPictures, 'Pictures, oldest first'),
  })
  api.openapi(pictures, async (c) => {
    const { event, team } = c.req.valid('param')
    return c.json({ pictures: await picturesOfTeam({ it, event, view: (await desks.of(event)).view }, team) }, 200)
  })

  const inPalette = createRoute({
    method: 'put',
    path: '/events/{event}/pictures/{photo}/palette',
    tags,
    summary: 'Have any picture painted in the colours of one palette, or, with null, shown as it was taken',
    request: { params: ofPhoto, body: jsonBody(putRecolour) },
    responses: jsonAnswer(recolourSchema, 'What is wanted now'),
  })
  api.openapi(inPalette, async (c) => {
    const { palette } = c.req.valid('json')
    return c.json(await recolour(it, { ...c.req.valid('param'), palette }, c.var.caller.account), 200)
  })

  const recoloured = createRoute({
    method: 'get',
    path: '/events/{event}/pictures/{photo}/recoloured',
    tags,
    summary: 'A picture in the colours of its palette, small',
    request: { params: ofPhoto },
    responses: pictureAnswer,
  })
  api.openapi(recoloured, async (c) => {
    const { event, photo } = c.req.valid('param')
    return await attachedPicture(it, event, { id: recolouredId(photo), name: 'after' })
  })
  return api
}
