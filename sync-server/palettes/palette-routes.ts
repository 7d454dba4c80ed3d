import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { paletteId, portraitId } from '../../design-docs/ids.ts'
import {
  colourCount,
  paletteName,
  palettePlan,
  palettesPage,
  putPalette,
  visitorRow as visitorRowSchema,
  visitorsPage,
} from '../../design-docs/palettes.ts'
import { eventCode, factId, teamNumber } from '../../design-docs/primitives.ts'
import { uploadLimitBytes } from '../../design-docs/uploads.ts'
import { readBody } from '../gateway/read-body.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import type { Desks } from '../results/open-desks.ts'
import { attachedPicture, pictureAnswer } from './attached-picture.ts'
import { addPalette, type Palettes, readPlans, savePalette } from './save-palette.ts'
import { paletteRows, repaint, visitorRow, visitorRows } from './visitors.ts'

const ofEvent = z.object({ event: eventCode })
const ofPalette = ofEvent.extend({ photo: factId })
const ofVisitor = ofEvent.extend({ team: teamNumber })
const tags = ['palettes']

/** Palettes and the portraits that are painted in them, to be mounted under `/api`. */
export function paletteRoutes(of: Palettes, desks: Desks): OpenAPIHono<GuardedEnv> {
  const { it } = of
  const api = openApi('ZK-PLAN-002')
  const asked = async (event: string) => ({ it, event, view: (await desks.of(event)).view })

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/palettes',
    tags,
    summary: 'Every palette with its colours, hidden and removed ones too',
    request: { params: ofEvent },
    responses: jsonAnswer(palettesPage, 'Palettes'),
  })
  api.openapi(list, async (c) => {
    const { event } = c.req.valid('param')
    return c.json({ palettes: await paletteRows(await asked(event), await readPlans(of, event)) }, 200)
  })

  const add = createRoute({
    method: 'post',
    path: '/events/{event}/palettes',
    tags,
    summary: 'Bring a picture, JPEG, PNG or HEIC as raw bytes, whose colours become a palette',
    request: {
      params: ofEvent,
      query: z.object({ ja: z.string().max(60), en: z.string().max(60), k: z.coerce.number().optional() }),
    },
    responses: jsonAnswer(palettePlan, 'The palette, hidden until it is shown'),
  })
  api.openapi(add, async (c) => {
    const { ja, en, k } = c.req.valid('query')
    const bytes = await readBody(c.req.raw, uploadLimitBytes)
    const { event } = c.req.valid('param')
    const said = { name: paletteName.parse({ ja, en }), k: colourCount.parse(k ?? null) }
    return c.json(await addPalette(of, c.var.caller, { event, bytes, ...said }), 200)
  })

  const save = createRoute({
    method: 'put',
    path: '/events/{event}/palettes/{photo}',
    tags,
    summary: 'Name, show, order or remove a palette, or have it made with another number of colours',
    request: { params: ofPalette, body: jsonBody(putPalette) },
    responses: jsonAnswer(palettePlan, 'As saved'),
  })
  api.openapi(save, async (c) => c.json(await savePalette(of, c.req.valid('param'), c.req.valid('json')), 200))

  const picture = createRoute({
    method: 'get',
    path: '/events/{event}/palettes/{photo}/{picture}',
    tags,
    summary: 'The picture of a palette as it was and in its own colours, small',
    request: { params: ofPalette.extend({ picture: z.enum(['original', 'clustered']) }) },
    responses: pictureAnswer,
  })
  api.openapi(picture, async (c) => {
    const { event, photo, picture: name } = c.req.valid('param')
    return await attachedPicture(it, event, { id: paletteId(photo), name })
  })

  const visitors = createRoute({
    method: 'get',
    path: '/events/{event}/visitors',
    tags,
    summary: 'Teams with a portrait or palettes, and what waits',
    request: { params: ofEvent },
    responses: jsonAnswer(visitorsPage, 'Visitors'),
  })
  api.openapi(visitors, async (c) => {
    const { event } = c.req.valid('param')
    const parked = await it.office.all({ startkey: `parked:${event}:`, endkey: `parked:${event};` })
    const ours = parked.filter(({ id }) => /^parked:[^:]+:(?:cluster|render|recolour|develop):/.test(id)).length
    return c.json({ ...(await visitorRows(await asked(event))), parked: ours }, 200)
  })

  const visitor = createRoute({
    method: 'get',
    path: '/events/{event}/visitors/{team}',
    tags,
    summary: 'The portrait and the palettes of one team',
    request: { params: ofVisitor },
    responses: jsonAnswer(visitorRowSchema, 'Visitor'),
  })
  api.openapi(visitor, async (c) => {
    const { event, team } = c.req.valid('param')
    return c.json(await visitorRow(await asked(event), team), 200)
  })

  const portrait = createRoute({
    method: 'get',
    path: '/events/{event}/visitors/{team}/{picture}',
    tags,
    summary: 'A portrait before and after it was painted, small',
    request: { params: ofVisitor.extend({ picture: z.enum(['before', 'after']) }) },
    responses: pictureAnswer,
  })
  api.openapi(portrait, async (c) => {
    const { event, team, picture: name } = c.req.valid('param')
    return await attachedPicture(it, event, { id: portraitId(team), name })
  })

  const again = createRoute({
    method: 'post',
    path: '/events/{event}/visitors/{team}/repaint',
    tags,
    summary: 'Paint a portrait anew',
    request: { params: ofVisitor },
    responses: jsonAnswer(z.object({ asked: z.literal(true) }), 'It will be painted'),
  })
  api.openapi(again, async (c) => {
    await repaint(it, c.req.valid('param'), c.var.caller.account)
    return c.json({ asked: true as const }, 200)
  })
  return api
}
