import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultMasks } from '../../design-docs/menus.ts'
import { languageOf } from '../../sync-server/gateway/answer-error.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from './open-doors.ts'

let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('staff')
})
afterAll(() => doors.close())

const look = (headers: Record<string, string>) =>
  doors.app.request('/api/login/invitation/look', jsonRequest({ token: 'x'.repeat(43) }, headers))

describe('origins', () => {
  test.each([
    ['our own page', { origin: 'http://zekken.example', host: 'zekken.example' }, 410],
    ['no page at all', {}, 410],
    ['a friend’s page', { origin: 'https://friend.example' }, 410],
    ['a stranger’s page', { origin: 'https://evil.example', host: 'zekken.example' }, 403],
    ['our name with another port', { origin: 'http://zekken.example:81', host: 'zekken.example' }, 403],
    ['a page without an origin', { origin: 'null', host: 'zekken.example' }, 403],
    ['a stranger’s form', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('[GO1] a change asked for by %s', async (_, headers, status) => {
    expect((await look(headers)).status).toBe(status)
  })

  test('[GO2] a friend’s page may read the answer, a stranger’s may not', async () => {
    const friend = await look({ origin: 'https://friend.example' })
    expect(friend.headers.get('access-control-allow-origin')).toBe('https://friend.example')
    expect(friend.headers.get('access-control-expose-headers')).toBe('x-zekken-time')
    const stranger = await doors.app.request('/db/', { headers: { origin: 'https://evil.example' } })
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull()
    expect(stranger.headers.get('vary')).toContain('Origin')
  })

  test('[GO3] a preflight is answered to a friend alone', async () => {
    const preflight = (origin: string) =>
      doors.app.request('/api/login/refresh', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
    const friend = await preflight('https://friend.example')
    expect([friend.status, friend.headers.get('access-control-allow-origin')]).toEqual([204, 'https://friend.example'])
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })
})

test('[GO4] every answer, errors too, keeps foreign code and frames out', async () => {
  for (const path of ['/db/', '/api/nothing', `/db/${phone.generation}/zk-office`, '/.well-known/jwks.json']) {
    const { headers } = await phone.fetch(path)
    expect(headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('permissions-policy')).toContain('camera=(self), geolocation=(self)')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['ja', 'ja'],
  ['ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
  ['en-GB,ja;q=0.9', 'en'],
  ['fr,ja;q=0.2,en;q=0.1', 'ja'],
  ['ja;q=0', 'en'],
  ['zh-TW', 'en'],
])('[GO5] Accept-Language %j is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})

test('[GO6] an error has code and words in the language asked for', async () => {
  const answer = await look({ 'accept-language': 'ja' })
  expect(await answer.json()).toEqual({
    error: { code: 'ZK-AUTH-003', message: 'この招待は使用済みか期限切れです。新しい招待を受け取ってください。' },
  })
})

describe('what a device says of itself', () => {
  const said = { version: '1.2', unsent: 3, photosUnsent: 1, oldestUnsentAt: 1000, clockOffsetMs: -250 }
  const heartbeat = (body: object) => phone.fetch('/api/devices/heartbeat', jsonRequest(body))
  const contact = () => doors.it.office.get(`contact:${phone.session.device}`)

  test('[GO7] is written down at its sync, and again only when it changed or time went by', async () => {
    expect(await (await heartbeat(said)).json()).toEqual({ menus: defaultMasks.staff })
    const first = await contact()
    expect(first).toMatchObject({
      ...said,
      refused: 0,
      account: phone.session.account,
      as: 'staff',
      at: doors.clock.now,
    })
    doors.clock.now += 1000
    await heartbeat({ ...said, clockOffsetMs: -260 })
    expect(await contact()).toEqual(first)
    await heartbeat({ ...said, unsent: 0 })
    expect(await contact()).toMatchObject({ unsent: 0, at: doors.clock.now })
    doors.clock.now += 15_000
    await heartbeat({ ...said, unsent: 0 })
    expect(await contact()).toMatchObject({ at: doors.clock.now })
  })

  test('[GO8] is refused when it is no such report', async () => {
    expect((await heartbeat({ ...said, unsent: -1 })).status).toBe(400)
  })
})
