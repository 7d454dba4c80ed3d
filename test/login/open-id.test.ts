import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applicant } from '../../design-docs/applications.ts'
import { audit } from '../../design-docs/audit.ts'
import { mountDoors } from '../../sync-server/gateway/mount-doors.ts'
import type { GuardedEnv } from '../../sync-server/login/guard.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { registerEvent } from '../../sync-server/setup/event-register.ts'
import { type Doors, jsonRequest, openDoors, type Phone, type SignedIn } from '../gateway/open-doors.ts'
import { clientId, clientSecret, type OpenIdProvider, startOpenIdProvider } from './open-id-provider.ts'

let doors: Doors
let provider: OpenIdProvider
let app: Hono<GuardedEnv>
beforeAll(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  await registerEvent(doors.couch, { code: doors.event, createdAt: 1 })
  provider = await startOpenIdProvider('http://localhost')
  app = appWith(provider.issuer)
})
afterAll(async () => {
  await provider?.stop()
  await doors.close()
})

function appWith(issuer: string): Hono<GuardedEnv> {
  const { it, storage } = doors
  const made = new Hono<GuardedEnv>()
  mountDoors(made, {
    it,
    storage,
    allowedOrigins: [],
    openId: { issuer, clientId, clientSecret, rolesClaim: 'zekken' },
  })
  return made
}

type OpenIdApp = 'staff' | 'admin'
type Begun = { url: string; cookie: string }
type Returned = { code: string; state: string; iss?: string }
const device = (name: OpenIdApp) => ({ id: randomBytes(10).toString('hex'), name: 'PC', app: name, version: '1' })

async function begin(name: OpenIdApp = 'admin'): Promise<Begun> {
  const answer = await app.request('/api/login/oidc/start', jsonRequest({ app: name }))
  const [line = ''] = answer.headers.getSetCookie()
  expect(line).toMatch(/; HttpOnly/)
  expect(line).toMatch(/; SameSite=Strict/)
  expect(line).toMatch(/Max-Age=600;/)
  return { url: ((await answer.json()) as { url: string }).url, cookie: line.split(';')[0] ?? '' }
}
/** Follows the issuer's answer through the callback into the app's address. */
async function comeBack(begun: Begun, person: string): Promise<Returned> {
  const back = await provider.visit(begun.url, person)
  const answer = await app.request(`${back.pathname}${back.search}`)
  expect(answer.status).toBe(303)
  expect(answer.headers.getSetCookie()).toEqual([])
  const into = new URL(answer.headers.get('location') ?? '', 'http://localhost')
  const { openid: code = '', ...rest } = Object.fromEntries(new URLSearchParams(into.hash.slice(1)))
  return { code, ...rest } as Returned
}
const end = (returned: Returned, cookie: string, name: OpenIdApp = 'admin') =>
  app.request('/api/login/oidc', jsonRequest({ ...returned, device: device(name) }, { cookie }))
async function enter(person: string, name: OpenIdApp = 'admin'): Promise<Response> {
  const begun = await begin(name)
  return await end(await comeBack(begun, person), begun.cookie, name)
}
const errorOf = async (answer: Response) =>
  ((await answer.json()) as { error: { code: string; figures?: object } }).error
const sessionIn = async (answer: Response) => ((await answer.json()) as SignedIn).session

describe('sign-in of staff by OpenID Connect', () => {
  test('[LG71] signs a device in, in the role that the issuer’s claim names', async () => {
    provider.people.set('hanako', { name: '審査 花子', email: 'h@example.org', zekken: [`${doors.event}:judge`] })
    const answer = await enter('hanako')
    expect(answer.headers.getSetCookie().some((line) => line.startsWith('zekken-session'))).toBe(true)
    const session = await sessionIn(answer)
    expect(session).toMatchObject({ name: '審査 花子', event: doors.event, role: 'judge', teams: [] })
    expect(session.account).toMatch(new RegExp(`^oidc-[0-9a-f]{24}-${doors.event}$`))
    const lines = await readDocs(doors.it.office, 'audit', audit)
    expect(lines.find(({ by }) => by === session.account)).toMatchObject({
      action: 'signed-in',
      details: { way: 'openid' },
    })
    expect((await sessionIn(await enter('hanako'))).account).toBe(session.account)
  })

  test('[LG71] a person of several roles has the one that the app is for; roles of other events and nonsense give none', async () => {
    const zekken = [`${doors.event}:judge`, `${doors.event}:staff`, 'elsewhere:admin', `${doors.event}:server`, 7, 'x']
    provider.people.set('taro', { name: 'Taro', zekken })
    expect((await sessionIn(await enter('taro', 'staff'))).role).toBe('staff')
    expect((await sessionIn(await enter('taro', 'admin'))).role).toBe('judge')
    provider.people.set('jiro', { name: 'Jiro', zekken: `${doors.event}:staff` })
    expect((await errorOf(await enter('jiro', 'admin'))).code).toBe('ZK-AUTH-002')
  })

  test('[LG72] the address of the issuer asks for PKCE by S256, a state and a nonce, and the answer comes back to us', async () => {
    const { url } = await begin()
    const asked = Object.fromEntries(new URL(url).searchParams)
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: clientId,
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost/api/login/oidc/callback',
    })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/[\w-]{43}$/)
    expect(new URL((await begin()).url).searchParams.get('state')).not.toBe(asked.state)
  })

  test('[LG73] what comes back is of no use without the cookie that began it, in another browser, or after ten minutes', async () => {
    const begun = await begin()
    const returned = await comeBack(begun, 'hanako')
    expect((await errorOf(await end(returned, ''))).code).toBe('ZK-AUTH-003')
    const other = await begin()
    expect((await errorOf(await end(returned, other.cookie))).code).toBe('ZK-AUTH-003')
    expect((await errorOf(await end({ ...returned, state: `${returned.state}x` }, begun.cookie))).code).toBe(
      'ZK-AUTH-003',
    )
    doors.clock.now += 10 * 60_000 + 1000
    expect((await errorOf(await end(returned, begun.cookie))).code).toBe('ZK-AUTH-003')
    doors.clock.now -= 10 * 60_000 + 1000
    expect((await end(returned, begun.cookie)).status).toBe(200)
  })

  test('[LG74] a code is good once, for the browser whose verifier it was made for, and from this issuer alone', async () => {
    const begun = await begin()
    const returned = await comeBack(begun, 'hanako')
    expect((await end(returned, begun.cookie)).status).toBe(200)
    expect((await errorOf(await end(returned, begun.cookie))).code).toBe('ZK-AUTH-006')

    const [mine, theirs] = [await begin(), await begin()]
    const [here, there] = [await comeBack(mine, 'hanako'), await comeBack(theirs, 'taro')]
    expect((await errorOf(await end({ ...here, code: there.code }, mine.cookie))).code).toBe('ZK-AUTH-006')
    expect((await errorOf(await end({ ...there, iss: 'https://other.example' }, theirs.cookie))).code).toBe(
      'ZK-AUTH-006',
    )
  })

  test.each(['https://evil.example', '//evil.example', 'staff', 'participant.abc', ''])(
    '[LG75] the callback leads nowhere for the state %j',
    async (state) => {
      const answer = await app.request(`/api/login/oidc/callback?${new URLSearchParams({ code: 'x', state })}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    },
  )

  test('[LG75] the callback stays on this origin and takes nothing else along', async () => {
    const query = new URLSearchParams({
      code: 'a&b#c',
      state: 'staff.//evil.example/',
      redirect_uri: 'https://evil.example',
    })
    const to = (await app.request(`/api/login/oidc/callback?${query}`)).headers.get('location') ?? ''
    expect(to).toBe(`/staff/#${new URLSearchParams({ openid: 'a&b#c', state: 'staff.//evil.example/' })}`)
    const refused = await app.request('/api/login/oidc/callback?error=access_denied&state=admin.x')
    expect(refused.headers.get('location')).toBe('/admin/#openid=&state=admin.x')
  })

  test('[LG76] rotated keys of the issuer are fetched when one comes that is not known', async () => {
    app = appWith(provider.issuer)
    expect((await enter('hanako')).status).toBe(200)
    await provider.rotate()
    expect((await errorOf(await enter('hanako'))).code).toBe('ZK-AUTH-006')
    const realNow = Date.now
    // Keys are looked at again no sooner than half a minute after the last look, whoever sends nonsense.
    Date.now = () => realNow() + 31_000
    try {
      expect((await enter('hanako')).status).toBe(200)
    } finally {
      Date.now = realNow
    }
  })

  test('[LG77] a person without a claim waits until an admin has given them a role, and no longer has one once it is taken', async () => {
    const admin = await doors.signIn('admin')
    provider.people.set('mika', { name: 'Mika', email: 'mika@example.org', email_verified: true })
    const waiting = await errorOf(await enter('mika'))
    expect(waiting).toMatchObject({ code: 'ZK-AUTH-007', figures: { name: 'Mika' } })

    const [listed] = await applicants(admin)
    expect(listed).toMatchObject({
      name: 'Mika',
      mail: { address: 'mika@example.org', verified: true },
      role: null,
    })
    expect((await give(admin, listed?.account ?? '', 'judge')).status).toBe(204)
    expect(await sessionIn(await enter('mika'))).toMatchObject({ role: 'judge', event: doors.event, name: 'Mika' })
    expect(await applicants(admin)).toMatchObject([{ role: 'judge' }])

    expect((await give(admin, listed?.account ?? '', null)).status).toBe(204)
    expect((await errorOf(await enter('mika'))).code).toBe('ZK-AUTH-007')
    const lines = await readDocs(doors.it.office, 'audit', audit)
    const about = lines.filter((line) => line.about === listed?.account).map(({ action }) => action)
    expect(about.sort()).toEqual(['applied', 'role-given', 'role-taken'])
    expect(await readDocs(doors.it.office, 'applicant', applicant)).toHaveLength(1)
  })

  test('[LG77] only admins give roles, only those of staff, and only to who has come', async () => {
    const [admin, core] = [await doors.signIn('admin'), await doors.signIn('core')]
    const [listed] = await applicants(admin)
    expect((await give(core, listed?.account ?? '', 'admin')).status).toBe(403)
    expect((await give(admin, listed?.account ?? '', 'server')).status).toBe(400)
    expect((await give(admin, 'oidc-nobody', 'staff')).status).toBe(404)
  })

  test('[LG78] where the issuer is silent that is said, and invitations still work; where there is none it is not offered', async () => {
    const silent = appWith('http://127.0.0.1:9')
    const answer = await silent.request('/api/login/oidc/start', jsonRequest({ app: 'staff' }))
    expect([answer.status, await errorOf(answer)]).toMatchObject([503, { code: 'ZK-AUTH-008' }])
    expect(await (await silent.request('/api/login/oidc')).json()).toEqual({ issuer: '127.0.0.1:9' })
    expect((await doors.signIn('staff')).session.role).toBe('staff')
    expect(await (await doors.app.request('/api/login/oidc')).json()).toEqual({ issuer: null })
    expect((await doors.app.request('/api/login/oidc/start', jsonRequest({ app: 'staff' }))).status).toBe(404)
  })
})

type Listed = { account: string; name: string; role: string | null }
const applicants = async (phone: Phone) =>
  ((await (await phone.fetch(`/api/events/${doors.event}/applicants`)).json()) as { applicants: Listed[] }).applicants
const give = (phone: Phone, account: string, role: string | null) =>
  phone.fetch(`/api/events/${doors.event}/applicants/${account}`, { ...jsonRequest({ role }), method: 'PUT' })
