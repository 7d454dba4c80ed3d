import { Hono } from 'hono'
import { z } from 'zod'
import { databaseName } from '../../design-docs/databases.ts'
import { team as teamSchema } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { teamId } from '../../design-docs/ids.ts'
import { account as accountSchema } from '../../design-docs/office.ts'
import { accountId, role, teamNumber } from '../../design-docs/primitives.ts'
import { invitation as invitationSchema } from '../../design-docs/sign-in.ts'
import { readJson } from '../gateway/read-body.ts'
import type { GuardedEnv } from './guard.ts'
import type { Installation } from './installation.ts'
import { codeMs, createInvitation, type NewInvitation, withdrawInvitations } from './invitations.ts'
import { readDoc, readDocs } from './office.ts'
import { teamPerson } from './team-person.ts'

const dayMinutes = 24 * 60
const draft = z.strictObject({
  role: role.exclude(['server']),
  name: z.string().trim().min(1).max(120),
  teams: z.array(teamNumber).max(50).default([]),
  account: accountId.optional(),
  ttlMinutes: z
    .int()
    .min(1)
    .max(30 * dayMinutes)
    .default(dayMinutes),
})

type Links = { publicUrl(requested: string): string }

/** Invitations of an event, to be mounted at `/api/events`. Token and code are in no later answer. */
export function invitationRoutes(it: Installation, links: Links): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()

  app.post('/:event/invitations', async (c) => {
    const { account, ...wanted } = await readJson(c, draft)
    const needsTeams = wanted.role === 'participant' || wanted.role === 'agent'
    const teamsFit = wanted.role === 'participant' ? wanted.teams.length === 1 : needsTeams === wanted.teams.length > 0
    if (!teamsFit) throw new AppError('ZK-SYS-004', { figures: { fields: [{ field: 'teams', problem: 'role' }] } })
    const event = c.req.param('event')
    if (account && (await readDoc(it.office, `account:${account}`, accountSchema))?.event !== event) {
      throw new AppError('ZK-PLAN-004', { figures: { account } })
    }
    const by = c.var.caller.account
    const made = await createInvitation(it, { event, by, ...wanted, ...(account ? { account } : {}) })
    const link = invitationLink(links.publicUrl(c.req.url), wanted.role, made)
    const { code, codeExpiresAt, expiresAt } = made
    return c.json({ link, code, codeExpiresAt, expiresAt, account: made.account }, 201)
  })

  app.post('/:event/teams/:team/sign-in', async (c) => {
    const { event, team: number } = c.req.param()
    const found = await it.couch.database(databaseName(event, 'desk')).get(teamId(number))
    if (!found) throw new AppError('ZK-PLAN-004', { figures: { team: number } })
    const by = c.var.caller.account
    const person = teamPerson(event, { number, name: teamSchema.parse(found).name })
    const made = await createInvitation(it, { ...person, role: 'participant', ttlMinutes: codeMs / 60_000, by })
    const link = invitationLink(links.publicUrl(c.req.url), person.role, made)
    return c.json({ link, code: made.code, expiresAt: made.expiresAt }, 201)
  })

  app.get('/:event/invitations', async (c) => {
    const event = c.req.param('event')
    const all = (await readDocs(it.office, 'invitation', invitationSchema)).filter((one) => one.event === event)
    all.sort((a, b) => b.createdAt - a.createdAt)
    return c.json({ invitations: all.map(({ _id, _rev, type, ...shown }) => shown) })
  })

  app.delete('/:event/invitations/:account', async (c) => {
    const { event, account } = c.req.param()
    return c.json({ withdrawn: await withdrawInvitations(it, { event, account, by: c.var.caller.account }) })
  })

  return app
}

const apps = {
  participant: 'team',
  agent: 'team',
  display: 'display',
  admin: 'admin',
  judge: 'admin',
  core: 'admin',
} as const

/** The token is in the fragment, which a browser sends to no server and writes to no log. */
export function invitationLink(base: string, role: string, { token }: Pick<NewInvitation, 'token'>): string {
  const app = (apps as Record<string, string>)[role] ?? 'staff'
  return `${base.replace(/\/$/, '')}/${app}/#invite=${token}`
}
