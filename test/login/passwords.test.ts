import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audit } from '../../design-docs/audit.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import type { Installation } from '../../sync-server/login/installation.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { demandCredential, setTeamPassword, teamCredentialId } from '../../sync-server/login/team-password.ts'
import { registerEvent } from '../../sync-server/setup/event-register.ts'
import { type Doors, jsonRequest, openDoors, type Phone, type SignedIn } from '../gateway/open-doors.ts'

let doors: Doors
let admin: Phone
let core: Phone
beforeAll(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  await registerEvent(doors.couch, { code: doors.event, createdAt: 1 })
  for (const number of ['101', '102', '103', '104', '105', 'A7']) await putTeam(number)
  admin = await doors.signIn('admin')
  core = await doors.signIn('core')
})
afterAll(() => doors.close())

async function putTeam(number: string, status = 'registered'): Promise<void> {
  const desk = doors.couch.database(databaseName(doors.event, 'desk'))
  const _id = `team:${number}`
  const team = { type: 'team', event: doors.event, number, name: `組 ${number}`, classIds: ['a'], members: [] }
  const rest = { bibs: { issue: 1, revoked: [] }, status, enteredAt: 1, corrections: [] }
  const known = await desk.get(_id)
  await desk.put({ ...(known && { _rev: known._rev }), _id, ...team, ...rest } as CouchDoc)
}
const put = (phone: Phone, team: string, password: string) =>
  phone.fetch(`/api/events/${doors.event}/teams/${team}/password`, { ...jsonRequest({ password }), method: 'PUT' })
const device = () => ({ id: randomBytes(10).toString('hex'), name: 'Phone', app: 'participant', version: '1' })
const enter = (number: string, password: string) =>
  doors.app.request('/api/login/team', jsonRequest({ event: doors.event, number, password, device: device() }))
const enterAsAgent = (agent: string, secret: string) =>
  doors.app.request('/api/login/agent', jsonRequest({ event: doors.event, agent, secret, device: device() }))
const errorOf = async (answer: Response) =>
  ((await answer.json()) as { error: { code: string; figures?: object } }).error

describe('a team’s password', () => {
  test('[LG54] set in the console signs the team in, however wide it is typed', async () => {
    expect((await put(core, '101', 'ながら 2026 run')).status).toBe(204)
    const answer = await enter(' １０１', 'ながら ２０２６ ｒｕｎ')
    expect(((await answer.json()) as SignedIn).session).toMatchObject({
      account: `team-${doors.event}-101`,
      name: '組 101',
      role: 'participant',
      teams: ['101'],
    })
    const lines = await readDocs(doors.it.office, 'audit', audit)
    expect(lines.filter(({ action }) => action === 'password-set')).toMatchObject([
      { about: '101', by: core.session.account },
    ])
  })

  test('[LG54] ends with the next one, is of one team and of one event', async () => {
    await put(admin, 'A7', 'the first password')
    await put(admin, 'A7', 'the second password')
    expect((await enter('A7', 'the first password')).status).toBe(403)
    expect((await enter('a7', 'the second password')).status).toBe(200)
    expect((await enter('102', 'the second password')).status).toBe(403)
    const other = { event: 'other', number: 'A7', password: 'the second password', device: device() }
    expect((await doors.app.request('/api/login/team', jsonRequest(other))).status).toBe(404)
  })

  test('[LG54] is refused where it is short, or for a team that is not there, and signs no withdrawn team in', async () => {
    expect((await put(admin, '103', 'short')).status).toBe(400)
    expect((await put(admin, '999', 'long enough')).status).toBe(404)
    await put(admin, '103', 'long enough')
    await putTeam('103', 'withdrawn')
    expect((await errorOf(await enter('103', 'long enough'))).code).toBe('ZK-AUTH-006')
  })

  test('[LG55] is nowhere in the database, and what is there is of no use without the installation’s key', async () => {
    await put(admin, '104', 'correct horse battery')
    const rows = await doors.it.office.all({ includeDocs: true })
    expect(JSON.stringify(rows)).not.toContain('correct horse')
    const id = teamCredentialId(doors.event, '104')
    const found = await doors.it.office.get(id)
    expect(found).toMatchObject({ cost: { n: 32_768, r: 8, p: 3 }, salt: expect.stringMatching(/^[0-9a-f]{32}$/) })
    const stolen: Installation = { ...doors.it, keys: { ...doors.it.keys, hmac: randomBytes(32) } }
    await expect(demandCredential(stolen, id, 'correct horse battery')).rejects.toMatchObject({ code: 'ZK-AUTH-006' })
    expect((await demandCredential(doors.it, id, 'correct horse battery'))._id).toBe(id)
  })

  test('[LG56] is guessed at three times an hour, with passcodes counted in; a number nobody has is told the same', async () => {
    await setTeamPassword(doors.it, { event: doors.event, team: '105', password: 'pw' })
    for (const number of ['105', '555']) {
      for (const left of [2, 1]) {
        expect(await errorOf(await enter(number, 'wrong'))).toMatchObject({ code: 'ZK-AUTH-006', figures: { left } })
      }
      const passcode = { event: doors.event, number, passcode: '123456', device: device() }
      const third = await doors.app.request('/api/login/passcode', jsonRequest(passcode))
      expect(await errorOf(third)).toMatchObject({ code: 'ZK-AUTH-006', figures: { left: 0 } })
      expect((await enter(number, 'pw')).status).toBe(429)
    }
  })

  test('[LG56] costs as much to compare where there is none', async () => {
    let rounds = 0
    const it: Installation = {
      ...doors.it,
      keys: new Proxy(doors.it.keys, {
        get(target, name) {
          // The key is used once, after the password was stretched.
          if (name === 'hmac') rounds++
          return Reflect.get(target, name)
        },
      }),
    }
    for (const number of ['102', '556']) {
      const begun = performance.now()
      await demandCredential(it, teamCredentialId(doors.event, number), 'wrong').catch(() => undefined)
      expect(performance.now() - begun).toBeGreaterThan(20)
    }
    expect(rounds).toBe(2)
  })
})

describe('an agent', () => {
  type Made = { account: string; name: string; teams: string[]; secret: string }
  const make = async (body: object) =>
    admin.fetch(`/api/events/${doors.event}/agents`, jsonRequest({ name: '山田', teams: ['101', 'A7'], ...body }))

  test('[LG57] signs in by id and secret for its named teams, until it is removed', async () => {
    const made = (await (await make({})).json()) as Made
    expect(made.secret).toMatch(/^[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}$/)
    const answer = await enterAsAgent(made.account.toUpperCase(), made.secret)
    const { session, accessToken } = (await answer.json()) as SignedIn
    expect(session).toMatchObject({ account: made.account, name: '山田', role: 'agent', teams: ['101', 'A7'] })
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as object
    expect(claims).toMatchObject({
      '_couchdb.roles': expect.arrayContaining([`zk:${doors.event}:agent:101`, `zk:${doors.event}:agent:A7`]),
    })
    const list = async () => await (await admin.fetch(`/api/events/${doors.event}/agents`)).text()
    expect(await list()).toContain(made.account)
    expect(await list()).not.toContain(made.secret)
    const path = `/api/events/${doors.event}/agents/${made.account}`
    expect((await admin.fetch(path, { method: 'DELETE' })).status).toBe(204)
    expect((await enterAsAgent(made.account, made.secret)).status).toBe(403)
    expect(await list()).not.toContain(made.account)
  })

  test('[LG57] needs teams, and is guessed at three times an hour whether it exists or not', async () => {
    expect((await make({ teams: [] })).status).toBe(400)
    const made = (await (await make({})).json()) as Made
    for (const id of [made.account, 'agent-nobody']) {
      for (let n = 0; n < 3; n++) expect((await enterAsAgent(id, 'wrong')).status).toBe(403)
      expect((await enterAsAgent(id, made.secret)).status).toBe(429)
    }
  })
})
