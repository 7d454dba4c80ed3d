import { Hono } from 'hono'
import { AppError } from '../../design-docs/errors.ts'
import type { Database } from '../couch/client.ts'
import { leaveRedrives } from '../feed/redrive-notes.ts'
import { auditOperation } from './audit-operation.ts'
import { parseRedrive } from './operation-routes.ts'

/** The operations at a process that does not run the functions: it passes on what can wait and refuses the rest. */
export function elsewhereRoutes({ office, now }: { office: Database; now(): number }): Hono {
  const app = new Hono()
  app.post('/redrive', async (c) => {
    const { key } = parseRedrive(await c.req.json())
    return c.json({ passedOn: await leaveRedrives(office, now(), key) }, 202)
  })
  app.route('/', auditOperation(office))
  for (const operation of ['/replay', '/sweep'])
    app.post(operation, () => {
      throw new AppError('ZK-SYS-005')
    })
  return app
}
