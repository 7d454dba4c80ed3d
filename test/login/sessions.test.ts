import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { session as sessionSchema } from '../../design-docs/office.ts'
import { codeMs, createInvitation } from '../../sync-server/login/invitations.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { graceMs, sessionMs } from '../../sync-server/login/sessions.ts'
import { cookieOf, type Doors, jsonRequest, openDoors, type Phone, type SignedIn } from '../gateway/open-doors.ts'

let doors: Doors
let started: number
beforeAll(async () => {
  doors = await openDoors()
  started = doors.clock.now
})
beforeEach(() => {
  doors.clock.now = started
})
afterAll(() => doors.close())

const refresh = (cookie: string) => doors.app.request('/api/login/refresh', jsonRequest({}, { cookie }))
const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code
const device = (id = 'phone0000001') => ({ id, name: 'Phone', app: 'staff', version: '1' })
const signInWith = (body: object) => doors.app.request('/api/login/invitation', jsonRequest(body))
const invite = (options: { ttlMinutes?: number } = {}) =>
  createInvitation(doors.it, {
    event: doors.event,
    role: 'staff',
    name: 'Sato',
    ttlMinutes: 60,
    by: 'server',
    ...options,
  })

describe('invitations', () => {
  test('[LG1] looking at one shows what it is for and uses nothing up', async () => {
    const { token } = await invite()
    for (let i = 0; i < 2; i++) {
      const answer = await doors.app.request('/api/login/invitation/look', jsonRequest({ token }))
      expect(await answer.json()).toEqual({ event: doors.event, role: 'staff', name: 'Sato' })
    }
    expect((await signInWith({ token, device: device() })).status).toBe(200)
  })

  test('[LG2] signing in answers the session, a token, the generation and a cookie no script can read', async () => {
    const { token, account } = await invite()
    const answer = await signInWith({ token, device: device('phone0000002') })
    const body = (await answer.json()) as SignedIn
    expect(body).toMatchObject({
      session: { account, name: 'Sato', event: doors.event, role: 'staff', teams: [], device: 'phone0000002' },
      generation: doors.it.generation,
    })
    expect(body.expiresAt - doors.clock.now).toBeGreaterThan(598_000)
    expect(body.expiresAt - doors.clock.now).toBeLessThanOrEqual(600_000)
    expect(answer.headers.get('set-cookie')).toMatch(/; Path=\/api\/login; HttpOnly; SameSite=Strict$/)
  })

  test('[LG3] one that was used lets no other device in', async () => {
    const { token } = await invite()
    await signInWith({ token, device: device('phone0000003') })
    const second = await signInWith({ token, device: device('phone0000004') })
    expect([second.status, await codeOf(second)]).toEqual([410, 'ZK-AUTH-003'])
  })

  test('[LG4] the device that lost the answer gets in again', async () => {
    const { token } = await invite()
    await signInWith({ token, device: device('phone0000005') })
    expect((await signInWith({ token, device: device('phone0000005') })).status).toBe(200)
  })

  test('[LG5] of many devices at once exactly one gets in', async () => {
    const { token } = await invite()
    const tries = Array.from({ length: 6 }, (_, i) => signInWith({ token, device: device(`racer000000${i}`) }))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(5)
  })

  test('[LG30] one that is withdrawn opens no door, neither by link nor by code; a used one stays used', async () => {
    const admin = await doors.signIn('admin')
    const withdraw = async (account: string) => {
      const answer = await admin.fetch(`/api/events/${doors.event}/invitations/${account}`, { method: 'DELETE' })
      return { status: answer.status, body: await answer.json() }
    }
    const { token, code, account } = await invite()
    expect(await withdraw(account)).toEqual({ status: 200, body: { withdrawn: 1 } })
    expect(await withdraw(account)).toEqual({ status: 200, body: { withdrawn: 0 } })
    for (const ticket of [{ token }, { code }]) {
      expect((await doors.app.request('/api/login/invitation/look', jsonRequest(ticket))).status).toBe(410)
      expect((await signInWith({ ...ticket, device: device('phone0000018') })).status).toBe(410)
    }
    const used = await invite()
    const first = await signInWith({ token: used.token, device: device('phone0000019') })
    expect(await withdraw(used.account)).toEqual({ status: 200, body: { withdrawn: 0 } })
    expect((await refresh(cookieOf(first))).status).toBe(200)
    expect((await withdraw('nobody')).status).toBe(404)
  })

  test('[LG6] the short code opens the same door, however it is typed, for ten minutes', async () => {
    const { code } = await invite()
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    const typed = code.toLowerCase().replace('-', '　')
    doors.clock.now += codeMs - 1
    expect((await signInWith({ code: typed, device: device('phone0000006') })).status).toBe(200)
    const { code: late } = await invite()
    doors.clock.now += codeMs
    expect((await signInWith({ code: late, device: device('phone0000007') })).status).toBe(410)
  })

  test('[LG7] one that has run out is gone', async () => {
    const { token } = await invite({ ttlMinutes: 5 })
    doors.clock.now += 5 * 60_000
    expect((await signInWith({ token, device: device('phone0000008') })).status).toBe(410)
  })

  test('[LG8] neither token nor code nor cookie stands in the database', async () => {
    const { token, code } = await invite()
    const answer = await signInWith({ token, device: device('phone0000009') })
    const secret = cookieOf(answer).split('.')[1]!
    const text = JSON.stringify(await doors.it.office.all({ includeDocs: true }))
    for (const hidden of [token, code, code.replace('-', ''), secret]) expect(text).not.toContain(hidden)
  })

  test('[LG9] guessing is slowed down', async () => {
    const guesses = []
    for (let i = 0; i < 45; i++) guesses.push(await signInWith({ code: `AAAA-AA${10 + i}`, device: device() }))
    expect(guesses.at(-1)?.status).toBe(429)
    doors.clock.now += 60_000
    expect((await signInWith({ code: 'AAAA-AAAA', device: device() })).status).toBe(410)
  })

  test('[LG10] a device id that registered a key is not taken over without it', async () => {
    const key = (x: string) => ({ kty: 'EC', crv: 'P-256', x: x.repeat(43), y: 'y'.repeat(43) })
    const first = await invite()
    await signInWith({ token: first.token, device: { ...device('phone0000010'), publicKey: key('a') } })
    for (const draft of [device('phone0000010'), { ...device('phone0000010'), publicKey: key('b') }]) {
      const { token } = await invite()
      const answer = await signInWith({ token, device: draft })
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'ZK-GATE-004'])
    }
    const again = await invite()
    const owner = await signInWith({ token: again.token, device: { ...device('phone0000010'), publicKey: key('a') } })
    expect(owner.status).toBe(200)
  })

  test.each([
    [{ role: 'server' }],
    [{ role: 'participant', teams: [] }],
    [{ role: 'participant', teams: ['1', '2'] }],
    [{ role: 'staff', teams: ['1'] }],
    [{ role: 'staff', ttlMinutes: 0 }],
    [{ role: 'staff', name: ' ' }],
  ] as object[])('[LG11] an admin cannot invite %j', async (change) => {
    const admin = await doors.signIn('admin')
    const draft = { role: 'staff', name: 'Someone', ...change }
    const answer = await admin.fetch(`/api/events/${doors.event}/invitations`, jsonRequest(draft))
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'ZK-SYS-004'])
  })

  test('[LG12] an admin’s invitation is a link with the token in its fragment, and a code', async () => {
    const admin = await doors.signIn('admin')
    const path = `/api/events/${doors.event}/invitations`
    const answer = await admin.fetch(
      path,
      jsonRequest({ role: 'participant', teams: ['12'], name: 'Team 12', ttlMinutes: 30 }),
    )
    const made = (await answer.json()) as { link: string; code: string; expiresAt: number }
    expect(made.link).toMatch(/^http:\/\/localhost\/team\/#invite=[\w-]{43}$/)
    expect(made.expiresAt).toBe(doors.clock.now + 30 * 60_000)
    const token = made.link.split('=')[1]!
    expect((await signInWith({ token, device: device('phone0000011') })).status).toBe(200)
    const listed = await (await admin.fetch(path)).text()
    expect(listed).toContain('"Team 12"')
    expect(listed).not.toContain(token)
  })
})

describe('refresh', () => {
  const next = async (cookie: string) => {
    const answer = await refresh(cookie)
    return { status: answer.status, cookie: cookieOf(answer) }
  }

  test('[LG13] each refresh brings a new token and a new cookie', async () => {
    const phone = await doors.signIn('staff')
    doors.clock.now += 60_000
    const answer = await refresh(phone.cookie)
    const body = (await answer.json()) as SignedIn
    expect(body.session).toEqual(phone.session)
    expect(body.accessToken).not.toBe(phone.accessToken)
    expect(cookieOf(answer)).not.toBe(phone.cookie)
  })

  test('[LG14] a phone that lost the answer, for whatever time, refreshes with the cookie it has', async () => {
    const phone = await doors.signIn('staff')
    for (let lost = 0; lost < 30; lost++) {
      expect((await refresh(phone.cookie)).status).toBe(200)
      doors.clock.now += 3_600_000
    }
    const got = await next(phone.cookie)
    for (let lost = 0; lost < 3; lost++) {
      expect((await refresh(got.cookie)).status).toBe(200)
      doors.clock.now += 3_600_000
    }
  })

  test('[LG15] two tabs refresh at once and either cookie goes on', async () => {
    const phone = await doors.signIn('staff')
    const [one, two] = await Promise.all([next(phone.cookie), next(phone.cookie)])
    expect([one.status, two.status]).toEqual([200, 200])
    expect((await next(one.cookie)).status).toBe(200)
    expect((await next(two.cookie)).status).toBe(200)
  })

  test('[LG16] a cookie that was copied and used later ends the session for both', async () => {
    const phone = await doors.signIn('staff')
    const second = await next(phone.cookie)
    const third = await next(second.cookie)
    doors.clock.now += graceMs + 1
    const stolen = await refresh(phone.cookie)
    expect([stolen.status, await codeOf(stolen)]).toEqual([401, 'ZK-AUTH-001'])
    expect((await refresh(third.cookie)).status).toBe(401)
    const sessions = await readDocs(doors.it.office, 'session', sessionSchema)
    expect(sessions.find(({ account }) => account === phone.session.account)?.ended?.why).toBe('reused')
  })

  test('[LG17] an invented secret is refused and harms no session', async () => {
    const phone = await doors.signIn('staff')
    const [id] = phone.cookie.split('.')
    expect((await refresh(`${id}.invented`)).status).toBe(401)
    expect((await refresh(phone.cookie)).status).toBe(200)
  })

  test.each(['', 'zekken-session=', 'zekken-session=a.b', 'zekken-session=../office.x', 'zekken-session=%00.%00'])(
    '[LG18] the cookie %j opens nothing',
    async (cookie) => {
      const answer = await refresh(cookie)
      expect([answer.status, await codeOf(answer)]).toEqual([401, 'ZK-AUTH-001'])
    },
  )

  test('[LG19] a session unused for two months is over', async () => {
    const phone = await doors.signIn('staff')
    doors.clock.now += sessionMs
    expect((await refresh(phone.cookie)).status).toBe(401)
  })

  test('[LG29] a server set back to an older copy knows the secrets that it issued since, and no others', async () => {
    const phone = await doors.signIn('staff')
    const { office } = doors.it
    const id = `session:${phone.cookie.split('=').at(-1)?.split('.')[0]}`
    const copy = await office.get(id)
    let { cookie } = phone
    const hour: string[] = []
    for (let issued = 0; issued < 3; issued++) {
      doors.clock.now += 600_000
      cookie = (await next(cookie)).cookie
      hour.push(cookie)
    }
    await office.put({ ...copy, _id: id, _rev: (await office.get(id))?._rev ?? '' })
    const forged = cookie.replace(/\.\d+_/, `.${doors.clock.now + 1}_`)
    expect((await refresh(forged)).status).toBe(401)
    const again = await next(cookie)
    expect(again.status).toBe(200)
    doors.clock.now += graceMs + 1
    expect((await next(again.cookie)).status).toBe(200)
    // Older ones of the lost hour were over by then, as was what the copy knew.
    expect((await refresh(hour[0] ?? '')).status).toBe(401)
    doors.clock.now += graceMs + 1
    expect((await refresh(phone.cookie)).status).toBe(401)
  })

  test('[LG20] leaving ends the session and takes the cookie back', async () => {
    const phone = await doors.signIn('staff')
    const answer = await doors.app.request('/api/login/leave', jsonRequest({}, { cookie: phone.cookie }))
    expect(answer.status).toBe(204)
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await refresh(phone.cookie)).status).toBe(401)
  })
})

describe('another person on the same device', () => {
  test('[LG25] signing in ends the session that the device had, and names the new holder', async () => {
    const first = await doors.signIn('staff', { device: 'handed0over' })
    const { token, account } = await invite()
    const body = jsonRequest({ token, device: device('handed0over') }, { cookie: first.cookie })
    const answer = await doors.app.request('/api/login/invitation', body)
    expect(((await answer.json()) as SignedIn).session.account).toBe(account)
    expect((await refresh(first.cookie)).status).toBe(401)
    expect((await refresh(cookieOf(answer))).status).toBe(200)
    const judge = await doors.signIn('judge')
    const listed = await (await judge.fetch(`/api/events/${doors.event}/accounts`)).json()
    expect((listed as { accounts: object[] }).accounts).toContainEqual(
      expect.objectContaining({ account, name: 'Sato' }),
    )
  })
})

describe('tokens', () => {
  const status = (phone: Phone) => phone.fetch(`/db/${phone.generation}/${doors.log}`).then((answer) => answer.status)

  test('[LG21] a token holds for ten minutes and not a second more', async () => {
    const phone = await doors.signIn('staff')
    doors.clock.now = phone.expiresAt - 1
    expect(await status(phone)).toBe(200)
    doors.clock.now = phone.expiresAt
    expect(await status(phone)).toBe(401)
  })

  test('[LG22] a token with one character changed, without signature, or by another key is none', async () => {
    const phone = await doors.signIn('admin')
    const [header = '', payload = '', signature = ''] = phone.accessToken.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const forged = encode({ ...claims, '_couchdb.roles': ['_admin', `zk:${doors.event}:admin`, 'zk:device:x'] })
    const tokens = [
      `${header}.${forged}.${signature}`,
      `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      `${encode({ alg: 'HS256', typ: 'JWT' })}.${payload}.${signature}`,
      `${header}.${payload}`,
      'x',
    ]
    for (const token of tokens) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await doors.app.request(`/api/events/${doors.event}/audit`, { headers })).status).toBe(401)
    }
  })

  test('[LG23] the public key is published, the private one is not', async () => {
    const answer = await doors.app.request('/.well-known/jwks.json')
    const { keys } = (await answer.json()) as { keys: Record<string, unknown>[] }
    expect(keys).toMatchObject([{ kty: 'EC', crv: 'P-256', alg: 'ES256', kid: doors.it.keys.signing.kid }])
    expect(keys[0]).not.toHaveProperty('d')
  })

  test('[LG24] what was done is written down', async () => {
    const admin = await doors.signIn('admin')
    const answer = await admin.fetch(`/api/events/${doors.event}/audit`)
    const { audit } = (await answer.json()) as { audit: { action: string; by: string }[] }
    const signedIn = { action: 'signed-in', by: admin.session.account, about: admin.session.device }
    expect(audit).toContainEqual(expect.objectContaining(signedIn))
    expect(audit).toContainEqual(expect.objectContaining({ action: 'invitation-made', about: admin.session.account }))
  })
})
