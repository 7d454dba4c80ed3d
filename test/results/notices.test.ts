import { afterAll, beforeAll, expect, it } from 'vitest'
import type { NoticeRow } from '../../design-docs/console.ts'
import type { NoticeFact } from '../../design-docs/facts.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { createInvitation } from '../../sync-server/login/invitations.ts'
import { factMaker } from '../rules/make-facts.ts'
import { type Console, openConsole } from './open-console.ts'

let console: Console
beforeAll(async () => {
  console = await openConsole()
  await console.write(factMaker('12').entry({ classIds: ['a'] }), factMaker('13').entry({ classIds: ['b'] }))
})
afterAll(() => console.close())

const draft = { kind: 'notice', ageMs: 0, title: '雨', body: '**Coat**', audience: {}, urgent: false }
const core = () => console.caller('core')
const post = (n: number, fields: object = {}, as = core()) =>
  as.ask<{ fact: string }>('POST', '/events/demo/decisions', {
    ...draft,
    id: `01J000000000000000000000${String(n).padStart(2, '0')}`,
    ...fields,
  })
async function rows(): Promise<NoticeRow[]> {
  await console.settled()
  return (await core().ask<{ notices: NoticeRow[] }>('GET', '/events/demo/notices')).body.notices
}

/** A phone that says which notices it has. */
async function phone(role: Exclude<Role, 'server'>, device: string, teams: string[] = []) {
  const invited = { event: 'demo', role, teams, name: device, ttlMinutes: 60, by: 'server' }
  const { token } = await createInvitation(console.installation, invited)
  const app = teams.length > 0 ? 'participant' : 'staff'
  const send = async (path: string, body: object, headers = {}) =>
    console.app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const signedIn = await send('/api/login/invitation', {
    token,
    device: { id: device, name: device, app, version: '1' },
  })
  const { accessToken } = (await signedIn.json()) as { accessToken: string }
  return async (notices: { have: string[]; read: string[] }) => {
    const says = { version: '1', unsent: 0, photosUnsent: 0, oldestUnsentAt: null, clockOffsetMs: null, notices }
    const answer = await send('/api/devices/heartbeat', says, { authorization: `Bearer ${accessToken}` })
    expect(answer.status).toBe(200)
  }
}

it('[NT12] a notice posted at the console is one fact of its author, however often it is sent, out at once unless timed', async () => {
  const { status, body } = await post(1)
  expect([status, (await post(1)).body]).toEqual([200, body])
  const later = Date.now() + 3_600_000
  await post(2, { publishAt: later, expiresAt: later + 1, urgent: true })
  const facts = (await console.log()).filter((doc) => doc?.type === 'notice') as unknown as NoticeFact[]
  expect(facts.map(({ _id, by, as, team }) => ({ _id, by, as, team }))).toEqual([
    { _id: body.fact, by: 'core', as: 'core', team: undefined },
    { _id: expect.stringMatching(/^staff:notice:/), by: 'core', as: 'core', team: undefined },
  ])
  expect(facts[0]?.publishAt).toBe(facts[0]?.at)
  expect((await rows()).map(({ notice }) => [notice.title, notice.publishAt === later])).toEqual([
    ['雨', false],
    ['雨', true],
  ])
})

it('[NT12] who may not post is refused, and so is a notice without a title, with an endless text, or to a team that is none', async () => {
  expect((await post(3, {}, console.judge)).status).toBe(403)
  expect((await post(3, { title: '  ' })).status).toBe(400)
  expect((await post(3, { body: 'x'.repeat(8001) })).status).toBe(400)
  expect((await post(3, { audience: { teams: ['../etc'] } })).status).toBe(400)
  expect(await post(3, { audience: { teams: ['12', '77'] } })).toMatchObject({
    status: 404,
    body: { error: { code: 'ZK-PLAN-004', figures: { team: '77' } } },
  })
})

it('[NT13] whoever posted sees how many of the phones that it is for have it and opened it', async () => {
  const { body } = await post(4, { title: 'for a', audience: { classes: ['a'], roles: ['participant'] } })
  const ulid = body.fact.slice(-26)
  const [mine, theirs] = [
    await phone('participant', 'teamtwelve', ['12']),
    await phone('participant', 'teamthirteen', ['13']),
  ]
  const staff = await phone('staff', 'staffphone')
  const of = async () => (await rows()).find(({ notice }) => notice.title === 'for a')?.phones
  expect(await of()).toEqual({ meant: 1, have: 0, read: 0 })
  for (const say of [mine, theirs, staff]) await say({ have: [ulid], read: [] })
  expect(await of()).toEqual({ meant: 1, have: 1, read: 0 })
  console.clock.aheadMs += 20_000
  await mine({ have: [ulid], read: [ulid] })
  expect(await of()).toEqual({ meant: 1, have: 1, read: 1 })
  const everyone = (await rows()).find(({ notice }) => notice.title === '雨')
  expect(everyone?.phones).toEqual({ meant: 3, have: 0, read: 0 })
})

it('[NT14] its author takes it back through the same door; it stays listed, with who and why', async () => {
  const { body } = await post(5, { title: 'untrue' })
  const taken = await core().ask('POST', '/events/demo/decisions', {
    kind: 'void',
    ageMs: 0,
    id: '01J00000000000000000000099',
    fact: body.fact,
    reason: 'wrong day',
  })
  expect(taken.status).toBe(200)
  const row = (await rows()).find(({ notice }) => notice.title === 'untrue')
  expect(row?.notice.withdrawn).toMatchObject({ by: 'core', reason: 'wrong day' })
})
