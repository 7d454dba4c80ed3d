import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { session as sessionSchema } from '../../design-docs/office.ts'
import { removeDevice } from '../../sync-server/login/devices.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { issuePasscode, standingPasscode } from '../../sync-server/login/passcodes.ts'
import { cookieOf, type Doors, jsonRequest, openDoors, type Phone, type SignedIn } from '../gateway/open-doors.ts'
import { enterTeam, openEvent } from './enter-team.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
  await openEvent(doors)
})
afterAll(() => doors.close())

type Team = { number: string; draft: string }
/** The passcode that would be in the mail. */
async function passcodeFor({ number }: Pick<Team, 'number'>): Promise<string> {
  await issuePasscode(doors.it, { event: doors.event, number })
  return (await standingPasscode(doors.it, { event: doors.event, number }))?.digits ?? ''
}
const enter = (number: string, passcode: string, cookie = '') => {
  const device = { id: randomBytes(10).toString('hex'), name: 'Phone', app: 'participant', version: '1' }
  const body = { event: doors.event, number, passcode, device }
  return doors.app.request('/api/login/passcode', jsonRequest(body, cookie ? { cookie } : {}))
}
const refresh = (cookie: string) => doors.app.request('/api/login/refresh', jsonRequest({}, { cookie }))
const sessionOf = async (cookie: string) => {
  const id = cookie.split('=')[1]?.split('.')[0]
  return (await readDocs(doors.it.office, 'session', sessionSchema)).find(({ _id }) => _id === `session:${id}`)
}

test('[LG59] a cookie that was planted is not the session of whoever signs in over it, and ends', async () => {
  const [attacker, victim] = [await enterTeam(doors), await enterTeam(doors)]
  const planted = cookieOf(await enter(attacker.number, await passcodeFor(attacker)))
  const answer = await enter(victim.number, await passcodeFor(victim), planted)
  const own = cookieOf(answer)
  expect(own.split('.')[0]).not.toBe(planted.split('.')[0])
  expect((await sessionOf(own))?.teams).toEqual([victim.number])
  expect((await sessionOf(planted))?.ended?.why).toBe('replaced')
  expect((await refresh(planted)).status).toBe(401)
  expect((await refresh(own)).status).toBe(200)
})

test('[LG59] a session id that somebody made up is never taken up', async () => {
  const victim = await enterTeam(doors)
  const madeUp = `zekken-session=${'ab'.repeat(16)}.${randomBytes(32).toString('base64url')}`
  const own = cookieOf(await enter(victim.number, await passcodeFor(victim), madeUp))
  expect(own).not.toContain('ab'.repeat(16))
  expect(await sessionOf(madeUp)).toBeUndefined()
  expect((await refresh(madeUp)).status).toBe(401)
})

test('[LG59] a passcode opens no other team, and a used one opens nothing to who overheard it', async () => {
  const [mine, other] = [await enterTeam(doors), await enterTeam(doors)]
  const passcode = await passcodeFor(mine)
  await passcodeFor(other)
  expect((await enter(other.number, passcode)).status).toBe(403)
  expect((await enter(mine.number, passcode)).status).toBe(200)
  for (let n = 0; n < 3; n++) expect((await enter(mine.number, passcode)).status).toBe(403)
})

const everyDoor = (phone: Phone): [path: string, init?: RequestInit][] => [
  ['/api/devices/own'],
  ['/api/devices/heartbeat', jsonRequest({})],
  [`/db/${phone.generation}/`],
  [`/db/${phone.generation}/zk-${doors.event}-board/_changes`],
  [`/db/${phone.generation}/zk-${doors.event}-log/_bulk_docs`, jsonRequest({ new_edits: false, docs: [] })],
]

test('[LG59] a stolen token opens no door from the removal of its device on, and its cookie no session', async () => {
  await doors.databaseFor('board')
  const phone = await doors.signIn('participant', { teams: ['101'] })
  for (const [path, init] of everyDoor(phone)) {
    const before = await (await phone.fetch(path, init)).text()
    expect(before, path).not.toMatch(/ZK-AUTH/)
  }
  await removeDevice(doors.it, phone.session.device, { by: 'test', event: doors.event })
  // Another process than the one that removed it has looked within the last three seconds.
  doors.clock.now += 3000
  for (const [path, init] of everyDoor(phone)) {
    const answer = await phone.fetch(path, init)
    expect([path, answer.status]).toEqual([path, 403])
    expect(await answer.text()).toContain('ZK-AUTH-004')
  }
  for (let n = 0; n < 2; n++) {
    const answer = await refresh(phone.cookie)
    expect(answer.status).toBe(403)
    expect(await answer.text()).not.toContain('accessToken')
  }
})

test('[LG59] a removed phone comes back under no name of its own', async () => {
  const team = await enterTeam(doors)
  const device = { id: 'phone0000099', name: 'Phone', app: 'participant', version: '1' }
  const signIn = async () => {
    const body = { event: doors.event, number: team.number, passcode: await passcodeFor(team), device }
    return doors.app.request('/api/login/passcode', jsonRequest(body))
  }
  expect(((await (await signIn()).json()) as SignedIn).session.device).toBe('phone0000099')
  await removeDevice(doors.it, 'phone0000099', { by: 'test', event: doors.event })
  doors.clock.now += 61_000
  const again = await signIn()
  expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('ZK-AUTH-004')])
})
