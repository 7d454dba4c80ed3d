import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cookieOf, type Doors, jsonRequest, openDoors, type Phone, type SignedIn } from '../gateway/open-doors.ts'
import { softKey } from './soft-key.ts'

let doors: Doors
let admin: Phone
beforeAll(async () => {
  doors = await openDoors()
  admin = await doors.signIn('admin')
})
afterAll(() => doors.close())

type Key = ReturnType<typeof softKey>
type Asked = { challenge: string }
const path = () => `/api/events/${doors.event}/passkeys`
const begin = async (phone = admin) => {
  const answer = await phone.fetch(`${path()}/start`, jsonRequest({}))
  return { cookie: cookieOf(answer), asked: (await answer.json()) as Asked }
}
const keep = (response: object, cookie: string, phone = admin) =>
  phone.fetch(path(), jsonRequest({ response, label: 'Laptop' }, { cookie }))
async function makeKey(phone = admin): Promise<Key> {
  const key = softKey()
  const { cookie, asked } = await begin(phone)
  expect((await keep(key.make(asked), cookie, phone)).status).toBe(201)
  return key
}
const device = { id: 'laptop000001', name: 'Laptop', app: 'admin', version: '1' }
const come = async () => {
  const answer = await doors.app.request('/api/login/passkey/start', jsonRequest({}))
  return { cookie: cookieOf(answer), asked: (await answer.json()) as Asked }
}
const enter = (response: object, cookie: string) =>
  doors.app.request('/api/login/passkey', jsonRequest({ response, device }, { cookie }))

test('[PK1] a key made by an admin signs the same person in, with a new session, and says when it was used', async () => {
  const key = await makeKey()
  const { cookie, asked } = await come()
  const answer = await enter(key.use(asked), cookie)
  expect(answer.status).toBe(200)
  const { session } = (await answer.json()) as SignedIn
  expect(session).toMatchObject({ account: admin.session.account, role: 'admin', event: doors.event })
  expect(answer.headers.getSetCookie().join()).toContain('zekken-session')
  const { passkeys } = (await (await admin.fetch(path())).json()) as { passkeys: { id: string; usedAt: number }[] }
  expect(passkeys.find(({ id }) => id === key.id)?.usedAt).toBe(doors.clock.now)
})

test('[PK2] an answer opens a door once, even with the cookie that began it', async () => {
  const key = await makeKey()
  const { cookie, asked } = await come()
  const response = key.use(asked)
  expect((await enter(response, cookie)).status).toBe(200)
  expect((await enter(response, cookie)).status).toBe(403)
})

describe('refused is', () => {
  const bent: [string, (key: Key, asked: Asked) => object][] = [
    [
      'an answer to another question',
      (key, asked) => key.use(asked, { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
    ],
    ['an answer given to another site', (key, asked) => key.use(asked, { origin: 'https://evil.example' })],
    ['a key of another site', (key, asked) => key.use(asked, { rpId: 'evil.example' })],
    ['a key without the person’s consent', (key, asked) => key.use(asked, { flags: 0x01 })],
    ['a key that nobody made', (_, asked) => softKey().use(asked)],
    ['a key that signs for another', (key, asked) => ({ ...softKey().use(asked), id: key.id, rawId: key.id })],
    ['nonsense', () => ({ id: 'x' })],
  ]
  test.each(bent)('[PK3] %s', async (_, respond) => {
    const key = await makeKey()
    const { cookie, asked } = await come()
    const answer = await enter(respond(key, asked), cookie)
    expect([400, 403]).toContain(answer.status)
    expect(answer.headers.getSetCookie().join()).not.toContain('zekken-session')
    const after = await come()
    expect((await enter(key.use(after.asked), after.cookie)).status).toBe(200)
  })

  test('[PK3] an answer in a browser that asked nothing, or too long ago', async () => {
    const key = await makeKey()
    const { cookie, asked } = await come()
    expect((await enter(key.use(asked), '')).status).toBe(403)
    const other = await come()
    expect((await enter(key.use(asked), other.cookie)).status).toBe(403)
    doors.clock.now += 5 * 60_000 + 1
    expect((await enter(key.use(asked), cookie)).status).toBe(403)
    admin = await doors.signIn('admin')
  })

  test('[PK4] making one by another site, without consent, in another’s name, or twice', async () => {
    const key = softKey()
    for (const bend of [
      { origin: 'https://evil.example' },
      { flags: 0x41 },
      { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAA' },
    ]) {
      const { cookie, asked } = await begin()
      expect((await keep(key.make(asked, bend), cookie)).status, JSON.stringify(bend)).toBe(403)
    }
    const { cookie, asked } = await begin()
    expect((await keep(key.make(asked), cookie, await doors.signIn('admin'))).status).toBe(403)
    expect((await keep(key.make(asked), cookie)).status).toBe(201)
    const again = await begin()
    expect((await keep(key.make(again.asked), again.cookie)).status).toBe(403)
  })
})

test('[PK5] a removed key, and one of an admin who is none any more, open nothing; nobody removes another’s', async () => {
  const [first, second] = [await makeKey(), await makeKey()]
  const other = await doors.signIn('admin')
  expect((await other.fetch(`${path()}/${first.id}`, { method: 'DELETE' })).status).toBe(404)
  expect((await admin.fetch(`${path()}/${first.id}`, { method: 'DELETE' })).status).toBe(204)
  const one = await come()
  expect((await enter(first.use(one.asked), one.cookie)).status).toBe(403)
  const account = `account:${admin.session.account}`
  const found = await doors.it.office.get(account)
  await doors.it.office.put({ ...found, _id: account, role: 'judge' })
  const two = await come()
  expect((await enter(second.use(two.asked), two.cookie)).status).toBe(403)
})

test('[PK5] nobody but an admin makes one', async () => {
  for (const role of ['judge', 'core', 'staff'] as const) {
    const phone = await doors.signIn(role)
    expect((await phone.fetch(`${path()}/start`, jsonRequest({}))).status, role).toBe(403)
  }
})
