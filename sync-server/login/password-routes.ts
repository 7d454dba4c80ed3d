import { Hono } from 'hono'
import { z } from 'zod'
import { databaseName } from '../../design-docs/databases.ts'
import { team as teamSchema } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { teamId } from '../../design-docs/ids.ts'
import { accountId, eventCode, teamNumber } from '../../design-docs/primitives.ts'
import { readJson } from '../gateway/read-body.ts'
import { isRegistered } from '../setup/event-register.ts'
import { admit, type Person } from './admit.ts'
import { deviceDraft } from './devices.ts'
import { typedNumber } from './entrant-of-number.ts'
import type { Installation } from './installation.ts'
import { addressOf, rateLimit } from './rate-limit.ts'
import { rememberAccount } from './remember-account.ts'
import { agentCredentialId, demandCredential, teamCredentialId } from './team-password.ts'
import { teamPerson } from './team-person.ts'
import { guess } from './tries.ts'

/** Bounded, since everything of it is stretched. */
const secret = z.string().min(1).max(200)
const asTyped = (text: string) => text.normalize('NFKC').toUpperCase().replace(/\s/g, '')
const ofTeam = z.object({
  event: eventCode,
  number: z.string().max(40).transform(asTyped).pipe(teamNumber),
  password: secret,
  device: deviceDraft,
})
const ofAgent = z.object({
  event: eventCode,
  agent: z
    .string()
    .max(80)
    .transform((text) => text.normalize('NFKC').trim().toLowerCase())
    .pipe(accountId),
  secret,
  device: deviceDraft,
})

const perMinute = 120

/** Sign-in by bib number and team password, and of agents by id and secret; to be mounted at `/api/login`. */
export function passwordRoutes(it: Installation, { https = false }: { https?: boolean } = {}): Hono {
  const app = new Hono()
  const tries = rateLimit({ tries: perMinute, windowMs: 60_000, now: it.now })

  app.post('/team', async (c) => {
    tries.take(addressOf(c))
    const { event, number, password, device } = await readJson(c, ofTeam)
    await demandEvent(event)
    c.set('about', { event, number: typedNumber(number) })
    // The same three tries as with passcodes: it is the same number.
    const person = await guess(it, `${event}:${typedNumber(number)}`, async () => {
      await demandCredential(it, teamCredentialId(event, number), password)
      return await demandTeam(event, number)
    })
    await rememberAccount(it, person)
    return c.json(await admit(it, c, { person, device, way: 'password', https }))
  })

  app.post('/agent', async (c) => {
    tries.take(addressOf(c))
    const { event, agent: account, secret: given, device } = await readJson(c, ofAgent)
    await demandEvent(event)
    const person = await guess(it, `${event}:agent:${account}`, async (): Promise<Person> => {
      const { agent } = await demandCredential(it, agentCredentialId(event, account), given)
      if (!agent) throw new AppError('ZK-AUTH-006')
      return { ...agent, event, role: 'agent' }
    })
    return c.json(await admit(it, c, { person, device, way: 'agent', https }))
  })

  async function demandEvent(event: string): Promise<void> {
    if (!(await isRegistered(it.couch, event))) throw new AppError('ZK-PLAN-004')
  }

  /** A password can be there before its team, and after it. */
  async function demandTeam(event: string, number: string): Promise<Person> {
    const found = await it.couch.database(databaseName(event, 'desk')).get(teamId(number))
    const team = found && teamSchema.parse(found)
    if (!team || team.status === 'withdrawn') throw new AppError('ZK-AUTH-006')
    return teamPerson(event, { number, name: team.name })
  }
  return app
}
