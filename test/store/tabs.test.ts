import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../app/store/open-store.ts'
import { openPhone, until } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

const draft = { type: 'checkin', team: '12', checkpoint: '5', method: 'qr', verified: true } as const

test('[TB1] one tab replicates, the other’s facts go with it, and when it closes the other takes over', async () => {
  const phone = await openPhone(server, { replication: 'live' })
  await until(() => phone.store.status.tab.value === 'leads')
  const second = await openStore(phone.device.load(phone.link.fetch).ports)
  expect(second.status.tab.value).toBe('follows')
  expect(second.session.who.value).toEqual(phone.store.session.who.value)
  const fact = (await second.outbox.append(draft))._id
  await until(() => second.outbox.states.value.get(fact)?.state === 'confirmed')
  expect(phone.stateOf(fact)).toBe('confirmed')
  await phone.close()
  await until(() => second.status.tab.value === 'leads')
  const last = (await second.outbox.append(draft))._id
  await until(() => second.outbox.states.value.get(last)?.state === 'confirmed')
  await second.close()
})

test('[TB2] what one tab fetched the other shows', async () => {
  const phone = await openPhone(server, { replication: 'live' })
  await until(() => phone.store.mirrors.roster.state.value === 'complete')
  const second = await openStore(phone.device.load(phone.link.fetch).ports)
  await server.write('roster', [{ _id: 'card:90' }])
  await until(() => second.mirrors.roster.docs.value.has('card:90'))
  await second.close()
  await phone.close()
})

test('[TB3] a sign-out in one tab is one in the other', async () => {
  const phone = await openPhone(server)
  const second = await openStore(phone.device.load(phone.link.fetch).ports, { replication: 'manual' })
  await phone.store.session.leave()
  await until(() => second.session.state.value === 'signed-out')
  await second.close()
  await phone.close()
})

test('[TB4] a live phone sends what it made offline by itself once the link is back', async () => {
  const phone = await openPhone(server, { replication: 'live' })
  await until(() => phone.store.status.link.value === 'online' && !phone.store.status.busy.value)
  phone.link.cut()
  const fact = await phone.checkin('40')
  await until(() => phone.store.status.link.value === 'offline')
  phone.link.restore()
  phone.tab.wake()
  await until(() => phone.stateOf(fact) === 'confirmed')
  await phone.close()
})
