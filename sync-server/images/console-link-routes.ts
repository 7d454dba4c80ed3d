import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { imageLinkList } from '../../design-docs/links.ts'
import { eventCode, sha256Hex } from '../../design-docs/primitives.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { jsonAnswer } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { openLinks, revokeImageLink } from './image-links.ts'

const tags = ['images']
const ofEvent = z.object({ event: eventCode })

/** One-time links that would open now, and their revocation, for the console; to be mounted under `/api`. */
export function consoleLinkRoutes(it: Installation): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/image-links',
    tags,
    summary: 'One-time links to pictures that would open now',
    request: { params: ofEvent },
    responses: jsonAnswer(imageLinkList, 'Links'),
  })
  api.openapi(list, async (c) => {
    const { event } = c.req.valid('param')
    return c.json({ now: it.now(), links: await openLinks(it, event) }, 200)
  })

  const revoke = createRoute({
    method: 'delete',
    path: '/events/{event}/image-links/{link}',
    tags,
    summary: 'From now on the link opens nothing',
    request: { params: ofEvent.extend({ link: sha256Hex }) },
    responses: jsonAnswer(imageLinkList, 'Links'),
  })
  api.openapi(revoke, async (c) => {
    const { event, link: id } = c.req.valid('param')
    await revokeImageLink(it, { event, id, by: c.var.caller.account })
    return c.json({ now: it.now(), links: await openLinks(it, event) }, 200)
  })
  return api
}
