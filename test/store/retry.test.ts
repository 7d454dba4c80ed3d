import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../app/store/open-store.ts'
import { backoffMs, isTransient } from '../../app/store/retry.ts'
import { ensureDatabase } from '../../sync-server/couch/ensure-database.ts'
import { openPhone, until } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

test('[RT1] pauses double from one second to two minutes, up to half of each by chance', () => {
  const shortest = [0, 1, 2, 6, 7, 8, 50].map((failures) => backoffMs(failures, () => 0))
  const longest = [0, 1, 2, 6, 7, 8, 50].map((failures) => backoffMs(failures, () => 1))
  expect(shortest).toEqual([500, 1_000, 2_000, 32_000, 60_000, 60_000, 60_000])
  expect(longest).toEqual([1_000, 2_000, 4_000, 64_000, 120_000, 120_000, 120_000])
})

test('[RT2] busy servers are tried again, refusals stop and show', () => {
  const transient = [408, 429, 500, 502, 503, 504]
  const fatal = [400, 401, 403, 404, 409, 410, 413, 422]
  expect(transient.map(isTransient)).not.toContain(false)
  expect(fatal.map(isTransient)).not.toContain(true)
})

test('[RT3] a live phone asks a server in trouble less and less, and at once when the link may be another', async () => {
  const phone = await openPhone(server)
  await phone.store.close()
  const pauses: { ms: number; end(): void }[] = []
  const { ports, wake } = phone.device.load(phone.link.fetch)
  phone.link.intercept(() => new Response('', { status: 503 }))
  const store = await openStore({
    ...ports,
    random: { ...ports.random, fraction: () => 1 },
    after(ms, then) {
      // The others are the patience for an answer: half a minute and what the body takes.
      if (ms < 30_000 || ms === 32_000) pauses.push({ ms, end: then })
      return () => {}
    },
  })
  const asked = () => phone.link.log.length
  for (let n = 1; n <= 4; n++) {
    await until(() => pauses.length === n)
    const before = asked()
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked()).toBe(before)
    pauses.at(-1)?.end()
  }
  await until(() => pauses.length === 5)
  expect(pauses.map(({ ms }) => ms)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000])
  phone.link.intercept(null)
  wake()
  await until(() => store.status.link.value === 'online')
  await store.close()
})

test('[MR10] a phone that is signed in before its team has a database asks again at once, then at ever longer pauses', async () => {
  const phone = await openPhone(server, { role: null })
  await phone.store.close()
  const token = await server.invite('participant', { teams: ['12'] })
  await server.couch().drop('zk-demo-team-12')
  const pauses: { ms: number; end(): void }[] = []
  const { ports } = phone.device.load(phone.link.fetch)
  const store = await openStore({
    ...ports,
    after(ms, then) {
      // The others are the patience for an answer.
      if (ms < 30_000) pauses.push({ ms, end: then })
      return () => {}
    },
  })
  const asked = () => phone.link.log.filter(({ path }) => path.includes('team-12/_changes')).length
  const pass = async () => {
    const [before, { ms, end }] = [asked(), pauses.at(-1)!]
    phone.device.clock.advance(ms)
    const count = pauses.length
    end()
    await until(() => asked() > before && pauses.length > count)
  }
  // The first is of a phone that nobody is signed in on.
  await until(() => pauses.length === 1)
  await store.session.signIn(token, 'phone')
  await until(() => pauses.length === 2)
  for (let n = 0; n < 3; n++) await pass()
  expect(pauses.slice(1).map(({ ms }) => ms)).toEqual([1_000, 2_000, 4_000, 8_000])

  await ensureDatabase(server.couch(), 'demo', 'team', '12')
  await server.couch().database('zk-demo-team-12').put({ _id: 'card:12', type: 'card', team: '12' })
  phone.device.clock.advance(8_000)
  pauses.at(-1)!.end()
  await until(() => store.mirrors.team('12').doc('card:12').value !== undefined)
  await store.close()
})
