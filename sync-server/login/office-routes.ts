import { Hono } from 'hono'
import { account } from '../../design-docs/office.ts'
import { standingRefusals } from '../gateway/refused-facts.ts'
import type { GuardedEnv } from './guard.ts'
import type { Installation } from './installation.ts'
import { readDocs } from './office.ts'

/** What organizers look up when something went wrong, to be mounted at `/api/events`. */
export function officeRoutes(it: Installation): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  app.get('/:event/refused', async (c) => {
    const all = await standingRefusals(it, c.req.param('event'))
    return c.json({ refused: all.map(({ _id, _rev, type, ...shown }) => shown) })
  })
  app.get('/:event/accounts', async (c) => {
    const event = c.req.param('event')
    const all = (await readDocs(it.office, 'account', account)).filter((one) => one.event === event)
    return c.json({ accounts: all.map(({ _id, _rev, type, ...shown }) => shown) })
  })
  return app
}
