import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureDatabase } from '../../sync-server/couch/ensure-database.ts'
import { closeDoors } from '../../sync-server/forget/forget-event.ts'
import { askAnew, forgetOrder } from '../../sync-server/forget/forgotten-events.ts'
import { removeDevice } from '../../sync-server/login/devices.ts'
import { createInvitation } from '../../sync-server/login/invitations.ts'
import { forgetDevice } from '../../sync-server/login/removed-devices.ts'
import { setTeamPassword } from '../../sync-server/login/team-password.ts'
import { registerEvent } from '../../sync-server/setup/event-register.ts'
import { jpeg, openPhone, type Phone } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

/** Nothing of the event is left, after a reload too. */
async function expectNothing(phone: Phone): Promise<void> {
  expect(phone.store.session.state.value).toBe('signed-out')
  expect([...phone.device.keyValue.keys()].filter((key) => /session|device|event$/.test(key))).toEqual([])
  await phone.reload()
  expect(phone.store.session.who.value).toBeNull()
  expect(phone.store.outbox.facts.value.size).toBe(0)
  expect(phone.store.cargo.photos.value.size).toBe(0)
}

test('[SN8] a device that is forgotten sends first what it has, then keeps nothing', async () => {
  const phone = await openPhone(server, { role: 'participant', teams: ['12'] })
  const fact = await phone.checkin('12')
  const photo = await phone.photo(jpeg(3_000))
  const device = phone.store.session.who.value?.device
  expect(await phone.store.forget({ insist: false })).toBe('forgotten')
  const log = server.couch().database('zk-demo-log')
  expect(await log.get(fact)).not.toBeNull()
  expect(await server.original(photo)).not.toBeNull()
  await expectNothing(phone)
  await phone.store.session.signIn(await server.invite('participant', { teams: ['12'] }), 'x')
  expect(phone.store.session.who.value?.device).not.toBe(device)
  await phone.close()
})

test('[SN8] what cannot be sent keeps everything where it is, until the person insists', async () => {
  const phone = await openPhone(server, { role: 'participant', teams: ['12'] })
  await phone.store.sync()
  phone.link.cut()
  const fact = await phone.checkin('12')
  expect(await phone.store.forget({ insist: false })).toBe('unsent')
  expect(phone.store.session.state.value).toBe('signed-in')
  expect([...phone.store.outbox.facts.value.keys()]).toEqual([fact])
  expect(await phone.store.forget({ insist: true })).toBe('forgotten')
  await expectNothing(phone)
  phone.link.restore()
  await phone.store.sync()
  expect(await server.couch().database('zk-demo-log').get(fact)).toBeNull()
  await phone.close()
})

test('[SN9] who signed in by a password has the server’s keys from then on, and wipes on its order', async () => {
  await registerEvent(server.couch(), { code: 'demo', createdAt: 1 })
  const team = { _id: 'team:12', type: 'team', event: 'demo', number: '12', name: 'T', classIds: [], members: [] }
  const rest = { bibs: { issue: 1, revoked: [] }, status: 'registered', enteredAt: 1, corrections: [] }
  await server
    .couch()
    .database('zk-demo-desk')
    .put({ ...team, ...rest })
  await setTeamPassword(server.it(), { event: 'demo', team: '12', password: 'gifu castle' })
  const phone = await openPhone(server, { role: null })
  const proof = { way: 'team', event: 'demo', number: '12', password: 'gifu castle' } as const
  expect(await phone.store.session.prove({ ...proof, password: 'nara castle' }, 'x')).toMatchObject({
    ok: false,
    reason: 'refused',
    code: 'ZK-AUTH-006',
    figures: { left: 2 },
  })
  expect(await phone.store.session.prove(proof, 'x')).toMatchObject({ ok: true, who: { teams: ['12'] } })
  const device = phone.store.session.who.value?.device ?? ''
  await removeDevice(server.it(), device, { by: 'test', event: 'demo' })
  forgetDevice(server.it(), device)
  expect(await phone.store.sync()).toBe('removed')
  expect(phone.store.session.state.value).toBe('removed')
  await phone.close()
})

test('[SN10] asked too often, a phone is told how long to wait, not that it is offline', async () => {
  const phone = await openPhone(server, { role: null })
  const body = JSON.stringify({ error: { code: 'ZK-AUTH-005', message: '', figures: { retryAfterMs: 90_000 } } })
  const headers = { 'x-zekken-time': String(Date.now()), 'retry-after': '90' }
  phone.link.intercept((path) =>
    path === '/api/login/passcode/ask' ? new Response(body, { status: 429, headers }) : null,
  )
  expect(await phone.store.session.askPasscode('demo', '12')).toMatchObject({
    ok: false,
    reason: 'refused',
    code: 'ZK-AUTH-005',
    figures: { retryAfterMs: 90_000 },
  })
  phone.link.intercept(null)
  expect(await phone.store.session.askPasscode('demo', '12')).toEqual({ ok: true, askAgainInMs: 60_000 })
  await phone.close()
})

const ours = () => ({ headers: { 'x-zekken-time': String(Date.now()) } })
const refusal = (order: string) =>
  Response.json({ error: { code: 'ZK-AUTH-009', message: '', figures: { order } } }, { status: 410, ...ours() })

test('[SN11] nothing but the server’s own order about this very event makes a phone let go of it', async () => {
  const phone = await openPhone(server, { role: 'participant', teams: ['12'] })
  const fact = await phone.checkin('12')
  const order = await forgetOrder(server.it(), 'demo')
  const other = await forgetOrder(server.it(), 'other')
  for (const forged of [other, `${order.slice(0, -4)}AAAA`, 'x.y.z', '']) {
    await phone.reload()
    phone.link.intercept((path) => (path === '/api/login/refresh' ? refusal(forged) : null))
    expect(await phone.store.sync()).toBe('sign-in-needed')
    expect(phone.store.outbox.facts.value.has(fact)).toBe(true)
  }
  phone.link.intercept((path) => (path === '/api/login/refresh' ? new Response('', { status: 401 }) : null))
  await phone.reload()
  await phone.store.sync()
  expect(phone.store.outbox.facts.value.has(fact)).toBe(true)
  await phone.close()
})

test('[SN12] of a forgotten event phones keep nothing from their next contact on, whatever became of their session', async () => {
  const open = await openPhone(server, { role: 'participant', teams: ['12'] })
  const away = await openPhone(server, { role: 'core' })
  const moved = await openPhone(server, { role: 'core' })
  await open.checkin('12')
  await away.checkin('12')
  const earlier = await moved.checkin('12')
  for (const kind of ['log', 'desk', 'board', 'roster', 'gate', 'figures'] as const)
    await ensureDatabase(server.couch(), 'next', kind)
  const invitation = { event: 'next', role: 'core', name: 'Hanako', ttlMinutes: 60, by: 'server' } as const
  const { token } = await createInvitation(server.it(), invitation)
  await moved.store.session.signIn(token, 'x')
  await moved.reload()
  expect(await moved.device.dump()).toContain(earlier)
  await closeDoors({ office: server.it().office, now: Date.now }, 'demo')
  askAnew(server.it(), 'demo')
  expect(await open.store.sync()).toBe('removed')
  // Its token is of no use any more and its session is gone with the event.
  await away.reload()
  away.link.forgetCookies()
  expect(await away.store.sync()).toBe('removed')
  for (const phone of [open, away]) {
    expect(phone.store.session.state.value).toBe('over')
    await phone.reload()
    expect([phone.store.session.who.value, phone.store.outbox.facts.value.size]).toEqual([null, 0])
  }
  const order = await forgetOrder(server.it(), 'demo')
  moved.link.intercept((path) => (path === '/api/forgotten/demo' ? Response.json({ order }, ours()) : null))
  expect(await moved.store.sync()).toBe('done')
  expect(await moved.device.dump()).not.toContain(earlier)
  expect(moved.store.session.who.value?.event).toBe('next')
  for (const phone of [open, away, moved]) await phone.close()
})
