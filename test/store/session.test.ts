import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeDevice } from '../../sync-server/login/devices.ts'
import { waitingFacts } from '../../sync-server/login/quarantine.ts'
import { forgetDevice } from '../../sync-server/login/removed-devices.ts'
import { unreadableOf } from '../../sync-server/login/unreadable.ts'
import { jpeg, openPhone } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

const refreshes = (log: { path: string }[]) => log.filter(({ path }) => path === '/api/login/refresh').length
const refusal = (status: number, code: string, figures = {}) =>
  new Response(JSON.stringify({ error: { code, message: '', figures } }), {
    status,
    headers: { 'x-zekken-time': String(Date.now()) },
  })

test('[SN1] an invitation is looked at without being used up, used once, and refused afterwards', async () => {
  const phone = await openPhone(server, { role: null })
  const token = await server.invite('judge', { name: 'Yui' })
  expect(await phone.store.session.look(token)).toEqual({ ok: true, event: 'demo', role: 'judge', name: 'Yui' })
  expect(phone.store.session.state.value).toBe('signed-out')
  expect(await phone.store.session.signIn(token, 'x')).toMatchObject({ ok: true, who: { role: 'judge' } })
  const again = await openPhone(server, { role: null })
  expect(await again.store.session.signIn(token, 'x')).toMatchObject({
    ok: false,
    reason: 'refused',
    code: 'ZK-AUTH-003',
  })
  again.link.cut()
  expect(await again.store.session.look(token)).toEqual({ ok: false, reason: 'offline' })
  await phone.close()
  await again.close()
})

test('[SN2] all who need a token at once share one request for it', async () => {
  const phone = await openPhone(server)
  await phone.reload()
  await Promise.all([phone.store.sync(), phone.store.sync(), phone.store.sync()])
  expect(refreshes(phone.link.log)).toBe(1)
  phone.device.clock.advance(9.5 * 60_000)
  await phone.store.sync()
  expect(refreshes(phone.link.log)).toBe(2)
  await phone.close()
})

test('[SN3] a late refusal of an old session does not end the new one', async () => {
  const phone = await openPhone(server)
  await phone.reload()
  const { waiting, release } = phone.link.hold((path) => path === '/api/login/refresh')
  const round = phone.store.sync()
  await waiting
  await phone.store.session.signIn(await server.invite('core', { name: 'Next' }), 'x')
  phone.link.intercept((path) => (path === '/api/login/refresh' ? refusal(401, 'ZK-AUTH-001') : null))
  release()
  await round
  expect(phone.store.session.state.value).toBe('signed-in')
  expect(phone.store.session.who.value).toMatchObject({ name: 'Next', role: 'core' })
  await phone.close()
})

test('[SN4] a portal’s page, a 401 and an expired session leave everything where it is', async () => {
  const phone = await openPhone(server)
  const fact = await phone.checkin('12')
  await phone.reload()
  phone.link.intercept(() => new Response('<html>Welcome to the station Wi-Fi', { status: 200 }))
  expect(await phone.store.sync()).toBe('offline')
  expect(phone.store.status.link.value).toBe('blocked')
  phone.link.intercept(() => new Response('<html>', { status: 401 }))
  expect(await phone.store.sync()).toBe('offline')
  expect(phone.store.session.state.value).toBe('signed-in')
  phone.link.intercept((path) => (path === '/api/login/refresh' ? refusal(401, 'ZK-AUTH-001') : null))
  expect(await phone.store.sync()).toBe('sign-in-needed')
  expect(phone.store.session.state.value).toBe('expired')
  const later = await phone.checkin('13')
  expect([phone.stateOf(fact), phone.stateOf(later)]).toEqual(['unsent', 'unsent'])
  phone.link.intercept(null)
  await phone.store.session.signIn(await server.invite('staff'), 'x')
  await phone.store.sync()
  expect([phone.stateOf(fact), phone.stateOf(later)]).toEqual(['confirmed', 'confirmed'])
  await phone.close()
})

test('[SN5] a removed device hands over what it has, and wipes itself only when the server has named all of it', async () => {
  const phone = await openPhone(server)
  const fact = await phone.checkin('12')
  const photo = await phone.photo(jpeg(3_000))
  const other = await phone.photo(jpeg(3_001))
  const device = phone.store.session.who.value?.device ?? ''
  await remove(device)
  await phone.reload()
  const headers = { 'x-zekken-time': '1' }
  const answers = [
    () => new Response('', { status: 503 }),
    () => new Response('{}', { headers }),
    () => new Response(JSON.stringify({ kept: [fact, photo], refused: [{ id: other }] }), { headers }),
    () => new Response(JSON.stringify({ kept: [fact, photo], unreadable: [] }), { headers }),
  ]
  for (const answer of answers) {
    phone.link.intercept((path) => (path === '/api/quarantine' ? answer() : null))
    expect(await phone.store.sync()).not.toBe('removed')
    expect([...phone.store.outbox.facts.value.keys()].sort()).toEqual([fact, photo, other].sort())
    expect(await phone.store.cargo.original(photo)).not.toBeNull()
  }
  phone.link.intercept(null)
  expect(await phone.store.sync()).toBe('removed')
  const waiting = await waitingFacts(server.it(), 'demo')
  expect(waiting.map(({ factId }) => factId).sort()).toEqual([fact, photo, other].sort())
  expect(phone.store.session.state.value).toBe('removed')
  expect([...phone.device.keyValue.keys()]).not.toContain('zekken:session')
  expect([...phone.device.keyValue.keys()]).not.toContain('zekken:device')
  await phone.reload()
  expect(phone.store.outbox.facts.value.size).toBe(0)
  expect(phone.store.session.state.value).toBe('signed-out')
  await phone.close()
})

test('[SN7] what not even the quarantine can read is handed over as well, photos too, and then wiped', async () => {
  const phone = await openPhone(server)
  await phone.store.sync()
  const odd = await phone.checkin('12', { checkpoint: 'no such form' })
  const tall = { width: 0 }
  const photo = await phone.photo(jpeg(3_000), { more: tall })
  await remove(phone.store.session.who.value?.device ?? '')
  expect(await phone.store.sync()).toBe('removed')
  const film = { it: server.it(), storage: server.storage }
  const kept = await unreadableOf(film, 'demo')
  expect(kept.map(({ about, kind, code }) => [about, kind, code]).sort()).toEqual(
    [
      [odd, 'record', 'ZK-FACT-001'],
      [photo, 'original', 'ZK-FILM-001'],
      [photo, 'record', 'ZK-FACT-001'],
    ].sort(),
  )
  const bytes = kept.map(({ bytes: length, kind }) => (kind === 'original' ? length : 0))
  expect(Math.max(...bytes)).toBe(3_000)
  await phone.close()
})

test('[SN6] an order that the server did not sign, or signed for another device, wipes nothing', async () => {
  const phone = await openPhone(server)
  const other = await openPhone(server)
  const fact = await phone.checkin('12')
  const device = other.store.session.who.value?.device ?? ''
  await remove(device)
  await other.reload()
  let order = ''
  other.link.intercept(() => null)
  await other.store.sync()
  const answer = await other.link.fetch('/api/login/refresh', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  order = ((await answer.json()) as { error: { figures?: { order?: string } } }).error.figures?.order ?? ''
  expect(order.split('.')).toHaveLength(3)
  for (const forged of [order, `${order.slice(0, -4)}AAAA`, 'x.y.z', 'nonsense']) {
    await phone.reload()
    phone.link.intercept((path) =>
      path === '/api/login/refresh' ? refusal(403, 'ZK-AUTH-004', { order: forged }) : null,
    )
    expect(await phone.store.sync()).toBe('sign-in-needed')
    expect(phone.store.outbox.facts.value.has(fact)).toBe(true)
  }
  await phone.close()
  await other.close()
})

async function remove(device: string) {
  await removeDevice(server.it(), device, { by: 'admin', event: 'demo' })
  forgetDevice(server.it(), device)
}
