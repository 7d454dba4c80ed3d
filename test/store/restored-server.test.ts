import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Mirror } from '../../app/store/types.ts'
import { jpeg, openPhone, type Phone, until } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await openServer()
})
afterEach(() => server.close())

const card = (team: number, points = 0) => ({ _id: `card:${team}`, type: 'card', points })
const shown = (mirror: Mirror) => Object.fromEntries([...mirror.docs.value].map(([id, doc]) => [id, doc._rev]))
async function held() {
  const rows = await server.couch().database('zk-demo-roster').all()
  return Object.fromEntries(rows.filter(({ id }) => !id.startsWith('_design/')).map(({ id, rev }) => [id, rev]))
}
const inLog = async (id: string) => (await server.couch().database('zk-demo-log').get(id)) !== null

test('[RS1] facts that a server lost with its last hour are noticed and sent again, one missing is enough', async () => {
  const phone = await openPhone(server)
  const before = await phone.checkin('1')
  await phone.store.sync()
  const copy = await server.copy()
  const lost = []
  for (let i = 2; i < 20; i++) {
    lost.push(await phone.checkin(String(i)))
    await phone.store.sync()
  }
  await server.restore(copy)
  expect(await Promise.all(lost.map(inLog))).not.toContain(true)
  await phone.store.sync()
  expect(await Promise.all([before, ...lost].map(inLog))).not.toContain(false)
  expect(phone.store.status.unsent.value).toBe(0)
  await phone.close()
})

test('[RS2] after such a restore, generation id and all, the mirrors equal the server though they had more edits', async () => {
  await server.write('roster', [card(1), card(2), card(3)])
  const phone = await openPhone(server)
  await phone.store.sync()
  const copy = await server.copy()
  for (let points = 1; points < 6; points++) await server.write('roster', [card(1, points), card(4, points)])
  await phone.checkin('1')
  await phone.store.sync()
  expect(phone.store.mirrors.roster.docs.value.size).toBe(4)
  await server.restore(copy)
  await server.write('roster', [card(1, 100)])
  await phone.store.sync()
  expect(shown(phone.store.mirrors.roster)).toEqual(await held())
  expect(phone.store.mirrors.roster.docs.value.get('card:1')).toMatchObject({ points: 100 })
  expect(phone.store.mirrors.roster.docs.value.has('card:4')).toBe(false)
  await phone.close()
})

test('[RS3] a phone that has sent nothing notices it too, when its link comes back', async () => {
  await server.write('roster', [card(1), card(2)])
  const phone = await openPhone(server, { replication: 'live' })
  await until(() => phone.store.mirrors.roster.state.value === 'complete')
  const copy = await server.copy()
  await server.write('roster', [card(1, 5), card(3)])
  phone.tab.wake()
  await until(() => phone.store.mirrors.roster.docs.value.has('card:3'))
  await server.restore(copy)
  await server.write('roster', [card(1, 9)])
  phone.device.clock.advance(61_000)
  phone.tab.wake()
  await until(() => !phone.store.mirrors.roster.docs.value.has('card:3'))
  await until(() => phone.store.mirrors.roster.state.value === 'complete')
  expect(shown(phone.store.mirrors.roster)).toEqual(await held())
  await server.write('roster', [card(2, 11)])
  await until(() => phone.store.mirrors.roster.docs.value.get('card:2')?.points === 11)
  await phone.close()
})

test('[RS4] another generation fills a new mirror beside the old one, which is shown until the new one is complete', async () => {
  await server.write('roster', [card(1), card(2)])
  const phone = await openPhone(server)
  const fact = await phone.checkin('1')
  await phone.store.sync()
  const other = await openServer()
  try {
    for (let points = 1; points < 4; points++) await other.write('roster', [card(1, points)])
    await other.write('roster', [card(7)])
    await moveTo(phone, other)
    let old = 0
    phone.link.intercept((path) => {
      if (path.includes('roster/_changes')) {
        old = phone.store.mirrors.roster.docs.value.size
        expect(phone.store.mirrors.roster.state.value).toBe('refilling')
        expect([...phone.store.mirrors.roster.docs.value.keys()]).toEqual(['card:1', 'card:2'])
        throw new TypeError('fetch failed')
      }
      return null
    })
    expect(await phone.store.sync()).toBe('offline')
    expect(old).toBe(2)
    phone.link.intercept(null)
    expect(await phone.store.sync()).toBe('done')
    const there = await other.couch().database('zk-demo-roster').all()
    const theirs = there.filter(({ id }) => !id.startsWith('_design/')).map(({ id, rev }) => [id, rev])
    expect(shown(phone.store.mirrors.roster)).toEqual(Object.fromEntries(theirs))
    expect(await other.couch().database('zk-demo-log').get(fact)).not.toBeNull()
    await phone.close()
  } finally {
    await other.close()
  }
})

/** The same address now leads to another installation, which knows this person and device. */
async function moveTo(moving: Phone, to: TestServer) {
  const { account = '', name = '' } = moving.store.session.who.value ?? {}
  server.url = to.url
  moving.link.forgetCookies()
  await moving.store.session.signIn(await to.invite('core', { account, name }), moving.device.name)
}

describe('originals that a restored server has lost', () => {
  test('[RS7] are sent again when nothing but them was lost, also by another page and while others are there', async () => {
    const phone = await openPhone(server)
    const early = await phone.photo(jpeg(3_000))
    await phone.store.sync()
    const late = await sendFactOnly(phone, jpeg(200_000))
    const copy = await server.copy()
    await phone.store.sync()
    expect(await server.original(late.photo)).toEqual(late.bytes)
    await phone.reload()
    await server.restore(copy)
    expect(await server.original(late.photo)).toBeNull()
    await phone.store.sync()
    expect(await server.original(late.photo)).toEqual(late.bytes)
    expect(await server.original(early)).not.toBeNull()
    expect(phone.store.status.safeToClose.value).toBe(true)
    await phone.close()
  })

  test('[RS8] are sent again together with their facts', async () => {
    const phone = await openPhone(server)
    await phone.checkin('1')
    await phone.store.sync()
    const copy = await server.copy()
    const photos = []
    for (let i = 0; i < 3; i++) {
      const bytes = jpeg(3_000 + i)
      photos.push({ bytes, photo: await phone.photo(bytes) })
      await phone.store.sync()
    }
    await server.restore(copy)
    await phone.store.sync()
    for (const { photo, bytes } of photos) expect(await server.original(photo)).toEqual(bytes)
    await phone.close()
  })

  test('[RS9] are told as unsent, and sent in the end, when the link breaks while the phone asks for them', async () => {
    const phone = await openPhone(server)
    const photos: string[] = []
    for (let i = 0; i < 3; i++) photos.push((await sendFactOnly(phone, jpeg(3_000))).photo)
    const copy = await server.copy()
    await phone.store.sync()
    await server.restore(copy)
    let asked = 0
    phone.link.intercept((path) => {
      if (path.includes('/api/film/') && ++asked > 1) throw new TypeError('fetch failed')
      return null
    })
    expect(await phone.store.sync()).toBe('offline')
    expect(phone.store.status.photosUnsent.value.count).toBe(3)
    expect(phone.store.status.safeToClose.value).toBe(false)
    phone.link.intercept(null)
    await phone.reload()
    await phone.store.sync()
    for (const photo of photos) expect(await server.original(photo)).not.toBeNull()
    await phone.close()
  })

  test('[RS10] are sent to another installation, which counts as having none of them', async () => {
    const phone = await openPhone(server)
    const early = await phone.photo(jpeg(3_000))
    await phone.store.sync()
    const late = await phone.photo(jpeg(3_000))
    await phone.store.sync()
    const other = await openServer()
    try {
      await moveTo(phone, other)
      phone.link.intercept((path) =>
        path.includes(encodeURIComponent(late))
          ? new Response('{"stored":true}', { headers: { 'x-zekken-time': String(Date.now()) } })
          : null,
      )
      await phone.store.sync()
      expect(await other.original(early)).not.toBeNull()
      await phone.close()
    } finally {
      await other.close()
    }
  })

  /** The record arrives and its bytes do not. */
  async function sendFactOnly(phone: Phone, bytes: Buffer) {
    phone.link.intercept((path) => {
      if (path.includes('/api/film/')) throw new TypeError('fetch failed')
      return null
    })
    const photo = await phone.photo(bytes)
    await phone.store.sync()
    phone.link.intercept(null)
    return { photo, bytes }
  }
})
