import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { EntryForm } from '../../design-docs/entry.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { numberClaims } from '../../sync-server/entry/claim-number.ts'
import { keptRoutes } from '../../sync-server/kept/kept-routes.ts'
import { knownTeam } from '../../sync-server/kept/known-team.ts'
import { demandCredential, setTeamPassword, teamCredentialId } from '../../sync-server/login/team-password.ts'
import { type Doors, openDoors, type Phone } from '../gateway/open-doors.ts'
import { eventDoc } from '../rules/make-facts.ts'

let doors: Doors
let program: Phone
let passwords: string[]
let told: string[]
let passwordsFail: boolean
beforeEach(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  await plan({})
  passwords = []
  told = []
  passwordsFail = false
  const kept = keptRoutes({
    it: doors.it,
    claims: numberClaims(doors.it),
    setPassword: async ({ event, team, password }) => {
      if (passwordsFail) throw new TypeError('fetch failed')
      passwords.push(`${event} ${team} ${password}`)
    },
    tellAgain: async (event, team) => void told.push(`${event} ${team}`),
  })
  doors.app.route('/', kept)
  doors.app.route('/api', kept)
  program = await doors.signIn('core')
})
afterEach(() => doors.close())

async function plan(form: Partial<EntryForm> | null, phase: 'draft' | 'open' | 'running' | 'closed' = 'open') {
  const desk = doors.couch.database(databaseName(doors.event, 'desk'))
  const standing = await desk.get('event')
  const entryForm = form && { entryForm: { members: { min: 1, max: 5 }, ...form } }
  const event = { ...eventDoc({ phase }), event: doors.event, code: doors.event, ...entryForm }
  await desk.put({ ...(event as unknown as CouchDoc), ...(standing && { _rev: standing._rev }) })
}

type Answer = { http: number } & Record<string, unknown>
const team = (more: object = {}) => ({
  zekken_number: '12',
  team_name: "O'Brien",
  event_code: doors.event,
  class_name: 'a',
  member_count: 3,
  password: 'secret',
  ...more,
})
async function post(path: string, body: object, init: RequestInit = {}): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const answer = await program.fetch(path, { method: 'POST', headers, body: JSON.stringify(body), ...init })
  return { http: answer.status, ...((await answer.json()) as object) }
}
const register = (more: object = {}) => post('/register_team', team(more))
const rename = (more: object = {}) =>
  post('/update_team_name', { zekken_number: '12', new_team_name: '髙﨑隊', event_code: doors.event, ...more })
const known = (number = '12') => knownTeam(doors.couch, doors.event, number)
const form = (fields: object) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString(),
})

describe('register_team', () => {
  test.each(['/register_team', '/api/register_team'])('[KR1] %s enters a team, by JSON or by form', async (path) => {
    const answer = await post(path, team())
    const timestamp = new Date(doors.clock.now).toISOString()
    expect(answer).toEqual({ http: 200, status: 'OK', message: '12 is registered.', team_id: '12', timestamp })
    expect(await post(path, {}, form(team({ zekken_number: 13 })))).toMatchObject({ status: 'OK', team_id: '13' })
    expect(await known()).toMatchObject({ name: "O'Brien", classIds: ['a'], members: [{ id: 'm1' }, {}, { id: 'm3' }] })
    expect((await known('13'))?.members).toHaveLength(3)
    expect(passwords).toEqual([`${doors.event} 12 secret`, `${doors.event} 13 secret`])
  })

  test('[KR2] a class goes by id or by name in either language, a number in any width', async () => {
    const { classes } = eventDoc()
    const named = [classes[0]!.name.ja, classes[0]!.name.en.toUpperCase()]
    for (const [n, class_name] of named.entries()) {
      expect(await register({ zekken_number: `１${n}`, class_name })).toMatchObject({ status: 'OK', team_id: `1${n}` })
    }
  })

  test('[KR3] sent twice, at once or after a lost answer, it is one team and one claim of the number', async () => {
    const answers = await Promise.all([register(), register(), register()])
    expect(answers.map(({ status }) => status)).toEqual(['OK', 'OK', 'OK'])
    expect(await register()).toMatchObject({ status: 'OK', team_id: '12' })
    const rows = await doors.couch.database(doors.log).all()
    expect(rows.filter(({ id }) => id.includes(':entry:'))).toHaveLength(1)
    expect(await doors.it.office.all({ startkey: 'receipt:', endkey: 'receipt;' })).toHaveLength(1)
  })

  test('[KR4] a known team is sent out again and stays as it is; another one under its number is refused', async () => {
    await register()
    expect(await register({ member_count: 5 })).toMatchObject({ message: '12 is registered already.' })
    expect(told).toEqual([`${doors.event} 12`])
    expect((await known())?.members).toHaveLength(3)
    expect(await register({ team_name: 'Others' })).toMatchObject({ http: 409, status: 'ERROR' })
    expect((await register({ class_name: 'b' })).message).toBe(
      'ZK-ENTRY-006 This number is another team’s. (class_name: another)',
    )
    expect(told).toHaveLength(1)
    expect((await known())?.name).toBe("O'Brien")
  })

  test('[KR5] unknown teams come in while entries are open and not otherwise; known ones are sent out all the same', async () => {
    await register()
    for (const phase of ['closed', 'draft'] as const) {
      await plan({}, phase)
      expect(await register({ zekken_number: '13' })).toMatchObject({ http: 403, status: 'ERROR' })
      expect(await register()).toMatchObject({ status: 'OK' })
    }
    await plan(null)
    expect((await register({ zekken_number: '13' })).message).toMatch(/^ZK-ENTRY-001 /)
    expect(await known('13')).toBeNull()
  })

  test('[KR6] no mail is written to a team that gave no address, and its number is nobody else’s', async () => {
    await plan({ firstNumber: 12 })
    await register()
    expect(await doors.it.office.all({ startkey: 'outgoing:', endkey: 'outgoing;' })).toEqual([])
    await register({ zekken_number: 'X1' })
    const claims = numberClaims(doors.it)
    expect(await claims.claim(doors.event, '01J8Z0000000000000000000A0', { firstNumber: 12 })).toBe('13')
    expect(await register({ zekken_number: '13' })).toMatchObject({ http: 409, status: 'ERROR' })
    expect(await known('13')).toBeNull()
  })

  test('[KR7] no more teams than places', async () => {
    await plan({ maxTeams: 1 })
    const answers = await Promise.all(['1', '2', '3'].map((zekken_number) => register({ zekken_number })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['ERROR', 'ERROR', 'OK'])
  })

  test('[KR8] what could not be recorded is no success: sent again it is put right', async () => {
    passwordsFail = true
    expect(await register()).toMatchObject({
      http: 503,
      status: 'ERROR',
      message: expect.stringMatching(/^ZK-SYS-002/),
    })
    passwordsFail = false
    expect(await register()).toMatchObject({ status: 'OK' })
    expect(passwords).toEqual([`${doors.event} 12 secret`])
  })

  test.each([
    ['zekken_number', 'a:b'],
    ['zekken_number', '../'],
    ['zekken_number', '1\ufff0'],
    ['zekken_number', { $gt: '' }],
    ['team_name', ''],
    ['team_name', '\r\n'],
    ['team_name', 'a\u0000b'],
    ['team_name', { $gt: '' }],
    ['class_name', 'no such class'],
    ['class_name', ['a']],
    ['member_count', 0],
    ['member_count', 6],
    ['member_count', 2.5],
    ['member_count', 'three'],
    ['password', '  '],
  ])('[KR9] a bad %s is named and nothing is kept: %j', async (field, value) => {
    const answer = await register({ [field]: value })
    expect(answer).toMatchObject({ http: 400, status: 'ERROR' })
    expect(answer.message).toContain(`(${field}: `)
    expect(await doors.it.office.all({ startkey: 'entrant:', endkey: 'entrant;' })).toEqual([])
  })

  test.each(["O'Brien", '髙﨑', '𠮷 渡邉', '../', '=1+1', '<b>', '%00', '"; DROP TABLE teams'])(
    '[KR10] the name %s comes through unchanged',
    async (team_name) => {
      expect(await post('/register_team', {}, form(team({ team_name })))).toMatchObject({ status: 'OK' })
      expect((await known())?.name).toBe(team_name)
      const again = await rename({ new_team_name: `${team_name}2` })
      expect([again.old_name, again.new_name]).toEqual([team_name, `${team_name}2`])
    },
  )

  test('[KR10] line breaks in a name become a space', async () => {
    await register({ team_name: 'a\r\nBcc: x' })
    expect((await known())?.name).toBe('a Bcc: x')
  })
})

describe('update_team_name', () => {
  test('[KR11] gives another name, as a correction by the caller; sent again nothing more is written', async () => {
    await register()
    doors.clock.now += 1000
    expect(await rename()).toMatchObject({ http: 200, status: 'OK', old_name: "O'Brien", new_name: '髙﨑隊' })
    expect(
      await post(
        '/api/update_team_name',
        {},
        form({ zekken_number: '12', new_team_name: '髙﨑隊', event_code: doors.event }),
      ),
    ).toMatchObject({
      status: 'OK',
      new_name: '髙﨑隊',
    })
    expect(await known()).toMatchObject({ name: '髙﨑隊', corrections: [{ by: program.session.account, holds: true }] })
  })

  test('[KR12] of a team that nobody knows is a clear error', async () => {
    expect(await rename()).toMatchObject({ http: 404, status: 'ERROR', message: expect.stringMatching(/^ZK-PLAN-004/) })
    await register()
    expect(await rename({ new_team_name: ' ' })).toMatchObject({ http: 400, status: 'ERROR' })
  })
})

describe('who may call', () => {
  test.each(['/register_team', '/api/register_team', '/update_team_name', '/api/update_team_name'])(
    '[KR13] %s is closed without a token, to other roles and from a strange page, in the callers’ own shape',
    async (path) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
      const open = await doors.app.request(path, init)
      expect([open.status, await open.json()]).toEqual([
        401,
        { status: 'ERROR', message: 'ZK-AUTH-001 Please sign in again.' },
      ])
      for (const role of ['staff', 'judge', 'participant'] as const) {
        const phone = await doors.signIn(role, { teams: ['12'] })
        expect((await phone.fetch(path, init)).status).toBe(403)
      }
      const headers = { ...init.headers, origin: 'https://evil.example' }
      expect((await program.fetch(path, { ...init, headers })).status).toBe(403)
    },
  )

  test('[KR14] a token is good for its own event alone', async () => {
    expect(await register({ event_code: 'other' })).toMatchObject({ http: 403, status: 'ERROR' })
    expect(await rename({ event_code: 'other' })).toMatchObject({ http: 403, status: 'ERROR' })
  })

  test('[KR15] what is no request is said so, also in Japanese', async () => {
    const headers = { 'content-type': 'application/json', 'accept-language': 'ja' }
    expect(await post('/register_team', {}, { headers, body: '{' })).toMatchObject({
      http: 400,
      message: 'ZK-SYS-004 リクエストを読み取れません。',
    })
    expect((await post('/register_team', {}, { headers, body: 'x'.repeat(70_000) })).http).toBe(413)
  })
})

test('[KR16] the password that was sent is the team’s from then on, and is kept nowhere as it is', async () => {
  await doors.close()
  doors = await openDoors()
  await doors.databaseFor('desk')
  await plan({})
  const setPassword = (asked: Parameters<typeof setTeamPassword>[1]) => setTeamPassword(doors.it, asked)
  const claims = numberClaims(doors.it)
  doors.app.route('/', keptRoutes({ it: doors.it, claims, setPassword, tellAgain: async () => {} }))
  program = await doors.signIn('core')
  expect(await register({ password: 'ひみつ secret 1' })).toMatchObject({ status: 'OK' })
  const id = teamCredentialId(doors.event, '12')
  expect(await demandCredential(doors.it, id, 'ひみつ secret 1')).toMatchObject({ setBy: program.session.account })
  await expect(demandCredential(doors.it, id, 'another')).rejects.toMatchObject({ code: 'ZK-AUTH-006' })
  const office = await doors.it.office.all({ includeDocs: true })
  expect(JSON.stringify(office)).not.toContain('secret 1')
})
