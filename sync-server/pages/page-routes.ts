import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { page, pageList, pagePicture, pageSlug, pictureStored } from '../../design-docs/pages.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import { readBody } from '../gateway/read-body.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { readPages, readPicture } from './read-pages.ts'
import { orderPages, savePage } from './save-page.ts'
import { maxPictureBytes, savePicture } from './save-picture.ts'

const ofEvent = z.object({ event: eventCode })
const ofPage = ofEvent.extend({ page: pageSlug })
const tags = ['pages']

/** Schedule, maps and guides, edited by admins; `share` brings what is shown to every phone. */
export function pageRoutes({ couch, scanning }: Pick<ConsoleDeps, 'couch' | 'scanning'>): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/pages',
    tags,
    summary: 'Every page in its order, hidden and removed ones too',
    request: { params: ofEvent },
    responses: jsonAnswer(pageList, 'Pages'),
  })
  api.openapi(list, async (c) => c.json({ pages: await readPages(couch, c.req.valid('param').event) }, 200))

  const order = createRoute({
    method: 'put',
    path: '/events/{event}/page-order',
    tags,
    summary: 'Put the pages into an order, by their ids',
    request: { params: ofEvent, body: jsonBody(z.object({ ids: z.array(z.string().max(60)).max(500) })) },
    responses: jsonAnswer(pageList, 'Pages'),
  })
  api.openapi(order, async (c) => {
    const pages = await orderPages(couch, c.req.valid('param').event, c.req.valid('json').ids)
    return c.json({ pages }, 200)
  })

  const put = createRoute({
    method: 'put',
    path: '/events/{event}/pages/{page}',
    tags,
    summary: 'Save a page; a new one has no revision',
    request: { params: ofPage, body: jsonBody(page) },
    responses: jsonAnswer(page, 'As saved'),
  })
  api.openapi(put, async (c) => c.json(await savePage(couch, c.req.valid('param'), c.req.valid('json')), 200))

  const putPicture = createRoute({
    method: 'put',
    path: '/events/{event}/pages/{page}/picture',
    tags,
    summary: 'Give a map its picture, PNG or JPEG as raw bytes',
    request: { params: ofPage },
    responses: jsonAnswer(pictureStored, 'Stored'),
  })
  api.openapi(putPicture, async (c) => {
    const bytes = await readBody(c.req.raw, maxPictureBytes)
    return c.json(await savePicture({ couch, scanning }, c.req.valid('param'), bytes), 200)
  })

  const getPicture = createRoute({
    method: 'get',
    path: '/events/{event}/pages/{page}/pictures/{picture}',
    tags,
    summary: 'A picture of a map, by its name',
    request: { params: ofPage.extend({ picture: pagePicture.shape.name }) },
    responses: { 200: { description: 'WebP', content: { 'image/webp': { schema: z.string() } } } },
  })
  api.openapi(getPicture, async (c) => {
    const bytes = await readPicture(couch, c.req.valid('param'))
    const headers = { 'content-type': 'image/webp', 'cache-control': 'private, max-age=86400' }
    return c.body(new Uint8Array(bytes), 200, headers)
  })
  return api
}
