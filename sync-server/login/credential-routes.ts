import { Hono } from 'hono'
import { z } from 'zod'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { teamId } from '../../design-docs/ids.ts'
import { teamNumber } from '../../design-docs/primitives.ts'
import { readJson } from '../gateway/read-body.ts'
import { agentsOf, makeAgent, removeAgent } from './agents.ts'
import type { GuardedEnv } from './guard.ts'
import type { Installation } from './installation.ts'
import { setTeamPassword } from './team-password.ts'

/** NIST SP 800-63B, 3.1.1.2, asks for eight characters and for nothing about what they are. */
const newPassword = z.strictObject({ password: z.string().trim().min(8).max(200) })
const newAgent = z.strictObject({ name: z.string().trim().min(1).max(120), teams: z.array(teamNumber).min(1).max(50) })

/** Passwords of teams and secrets of agents, to be mounted at `/api/events`. None is in any later answer. */
export function credentialRoutes(it: Installation): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()

  app.put('/:event/teams/:team/password', async (c) => {
    const { event, team } = c.req.param()
    const { password } = await readJson(c, newPassword)
    const found = await it.couch.database(databaseName(event, 'desk')).get(teamId(team))
    if (!found) throw new AppError('ZK-PLAN-004', { figures: { team } })
    await setTeamPassword(it, { event, team, password, by: c.var.caller.account })
    return c.body(null, 204)
  })

  app.get('/:event/agents', async (c) => c.json({ agents: await agentsOf(it, c.req.param('event')) }))

  app.post('/:event/agents', async (c) => {
    const wanted = await readJson(c, newAgent)
    const by = c.var.caller.account
    return c.json(await makeAgent(it, { ...wanted, event: c.req.param('event'), by }), 201)
  })

  app.delete('/:event/agents/:account', async (c) => {
    const { event, account } = c.req.param()
    await removeAgent(it, { event, account, by: c.var.caller.account })
    return c.body(null, 204)
  })
  return app
}
