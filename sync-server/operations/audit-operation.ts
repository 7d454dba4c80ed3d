import { Hono } from 'hono'
import { z } from 'zod'
import { noteAudited } from '../audit/request-audit.ts'
import { verifyChain } from '../audit/verify-chain.ts'
import type { Database } from '../couch/client.ts'

const body = z.strictObject({ head: z.string().optional() })

/** Verifies the chain of the audit log; it reads only, so any process may do it. */
export function auditOperation(office: Database): Hono {
  const app = new Hono()
  app.post('/audit', async (c) => {
    const { head } = body.parse(await c.req.json())
    noteAudited()
    return c.json(await verifyChain(office, head))
  })
  return app
}
