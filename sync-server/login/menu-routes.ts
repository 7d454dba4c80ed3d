import { Hono } from 'hono'
import { z } from 'zod'
import { menus } from '../../design-docs/plan.ts'
import { readJson } from '../gateway/read-body.ts'
import type { GuardedEnv } from './guard.ts'
import type { Installation } from './installation.ts'
import { readMenus, saveMenus } from './menu-masks.ts'
import { writeAudit } from './office.ts'

const wanted = z.strictObject({ masks: menus.shape.masks, _rev: z.string().nullable() })

/** Which role has which menus, to be mounted at `/api/events`. */
export function menuRoutes(it: Installation): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  app.get('/:event/menus', async (c) => c.json(await readMenus(it, c.req.param('event'))))
  app.put('/:event/menus', async (c) => {
    const event = c.req.param('event')
    const given = await readJson(c, wanted)
    const { masks: was } = await readMenus(it, event)
    await saveMenus(it, event, given)
    const by = c.var.caller.account
    await writeAudit(it.office, it.now(), { by, action: 'menus-saved', about: event, event, was, is: given.masks })
    return c.json(await readMenus(it, event))
  })
  return app
}
