import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jpeg, openPhone, type Phone } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

const contentOf = async (phone: Phone, photo: string) =>
  Buffer.from((await (await phone.store.cargo.original(photo))?.arrayBuffer()) ?? new ArrayBuffer(0))
const pieces = (phone: Phone) =>
  phone.link.log.filter(({ method, path }) => method === 'PUT' && path.includes('/api/film/'))

test('[CG1] a photo goes in pieces after its fact, and waits until the receipt for all of it', async () => {
  const phone = await openPhone(server)
  const bytes = jpeg(300_000)
  const photo = await phone.photo(bytes)
  expect(phone.store.status.photosUnsent.value).toEqual({ count: 1, bytes: 300_000 })
  await phone.store.sync()
  expect(pieces(phone).map(({ bytes: length }) => length)).toEqual([131_072, 131_072, 37_856])
  expect(phone.store.cargo.photos.value.size).toBe(0)
  expect(phone.store.status.photosUnsent.value).toEqual({ count: 0, bytes: 0 })
  expect(phone.store.status.safeToClose.value).toBe(true)
  const fact = await server.couch().database('zk-demo-log').get(photo)
  expect(fact).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: 300_000 })
  expect((await phone.store.outbox.preview(photo))?.size).toBe(3000)
  expect(await server.couch().database('zk-demo-log').attachment(photo, 'preview')).toHaveLength(3000)
  await phone.close()
})

test('[CG2] a broken link costs the piece that was on its way; the next page sends only what is missing', async () => {
  const phone = await openPhone(server)
  const photo = await phone.photo(jpeg(400_000))
  phone.link.intercept((path) => {
    if (path.endsWith('/2')) throw new TypeError('fetch failed')
    return null
  })
  expect(await phone.store.sync()).toBe('offline')
  expect(phone.store.cargo.photos.value.get(photo)).toMatchObject({ state: 'waiting', piecesStored: 2, pieces: 4 })
  expect(phone.store.status.unsent.value).toBe(0)
  phone.link.intercept(null)
  await phone.reload()
  expect(phone.store.cargo.photos.value.size).toBe(1)
  const before = pieces(phone).length
  await phone.store.sync()
  expect(pieces(phone).length - before).toBe(2)
  expect(phone.store.cargo.photos.value.size).toBe(0)
  await phone.close()
})

test('[CG3] an answer that is no receipt removes nothing', async () => {
  const phone = await openPhone(server)
  phone.device.room.quotaBytes = 0
  const bytes = jpeg(5_000)
  const photo = await phone.photo(bytes)
  const headers = { 'x-zekken-time': String(Date.now()) }
  for (const body of ['{}', '{"stored":"yes"}', '{"ok":true}', '[]']) {
    phone.link.intercept((path) => (path.includes('/api/film/') ? new Response(body, { headers }) : null))
    await phone.store.sync()
    expect((await contentOf(phone, photo)).equals(bytes)).toBe(true)
    expect(phone.store.status.photosUnsent.value.count).toBe(1)
  }
  phone.link.intercept(null)
  await phone.store.sync()
  expect(await phone.store.cargo.original(photo)).toBeNull()
  await phone.close()
})

test('[CG4] a photo that the server refuses stays, and holds up no other', async () => {
  const phone = await openPhone(server)
  phone.device.room.quotaBytes = 0
  const first = await phone.photo(jpeg(2_000))
  const second = await phone.photo(jpeg(2_000))
  phone.link.intercept((path) =>
    path.includes(encodeURIComponent(first)) && path.includes('/api/film/')
      ? new Response('{"error":{"code":"ZK-FILM-004","message":"no"}}', {
          status: 400,
          headers: { 'x-zekken-time': '1' },
        })
      : null,
  )
  expect(await phone.store.sync()).toBe('done')
  expect([...phone.store.cargo.photos.value].map(([id, { state }]) => [id, state])).toEqual([[first, 'refused']])
  expect(await phone.store.cargo.original(first)).not.toBeNull()
  expect(await phone.store.cargo.original(second)).toBeNull()
  // Nothing waits for it any more; it is offered again all the same, and goes once the server takes it.
  expect(phone.store.status.photosUnsent.value.count).toBe(0)
  phone.link.intercept(null)
  await phone.store.sync()
  expect([...phone.store.cargo.photos.value.keys()]).toEqual([])
  await phone.close()
})

test('[CG5] a page closed between the bytes and their fact has taken the photo, with its time, author and preview', async () => {
  const phone = await openPhone(server)
  phone.link.cut()
  const stamp = phone.store.outbox.stamp()
  const bytes = jpeg(2_000)
  phone.device.refuseWrites((database) => database.endsWith('-outbox'))
  await expect(phone.photo(bytes, { stamp })).rejects.toThrow('QuotaExceededError')
  phone.device.refuseWrites(null)
  phone.device.clock.advance(60_000)
  await phone.reload()
  const [fact] = [...phone.store.outbox.facts.value.values()]
  expect(fact).toMatchObject({ type: 'photo', team: '12', at: stamp.at, bytes: 2_000 })
  expect(fact?.by).toBe(phone.store.session.who.value?.account)
  phone.link.restore()
  await phone.store.sync()
  expect(phone.store.status.safeToClose.value).toBe(true)
  const photo = fact?._id ?? ''
  expect(await server.original(photo)).toEqual(bytes)
  expect(await server.couch().database('zk-demo-log').attachment(photo, 'preview')).toHaveLength(3000)
  await phone.close()
})

describe('originals that the server has', () => {
  test('[CG6] stay here within a fifth of the quota, the last received longest, and three days', async () => {
    const phone = await openPhone(server)
    phone.device.room.quotaBytes = 5 * 30_000
    const photos: string[] = []
    for (let i = 0; i < 5; i++) photos.push(await phone.photo(jpeg(10_000)))
    await phone.store.sync()
    expect(await here(phone, photos)).toEqual([false, false, true, true, true])
    await phone.reload()
    pass(70)
    const later = await phone.photo(jpeg(10_000))
    await phone.store.sync()
    expect(await here(phone, [...photos, later])).toEqual([false, false, false, true, true, true])
    pass(3)
    await phone.store.sync()
    expect(await here(phone, [...photos, later])).toEqual([false, false, false, false, false, true])
    expect(phone.store.status.photosUnsent.value.count).toBe(0)
    pass(-73)
    await phone.close()

    function pass(hours: number) {
      phone.device.clock.advance(hours * 3_600_000)
      server.clock.now += hours * 3_600_000
    }
  })

  test('[CG7] go as free space gets low, and all at once for a photo that finds no room', async () => {
    const phone = await openPhone(server)
    const mebibyte = 1024 * 1024
    const photos = [await phone.photo(jpeg(mebibyte)), await phone.photo(jpeg(mebibyte))]
    phone.device.room.freeBytes = 99 * mebibyte
    await phone.store.sync()
    expect(await here(phone, photos)).toEqual([false, true])
    phone.link.cut()
    let held = 1
    phone.device.refuseWrites((database, docs) => {
      if (!database.endsWith('-cargo')) return false
      const isFull = held > 0 && !docs[0]?._deleted
      if (docs[0]?._deleted) held -= docs.length
      return isFull
    })
    const unsent = await phone.photo(jpeg(5_000))
    expect(await here(phone, [...photos, unsent])).toEqual([false, false, true])
    phone.device.refuseWrites((database) => database.endsWith('-cargo'))
    await expect(phone.photo(jpeg(5_000))).rejects.toThrow('QuotaExceededError')
    expect(await here(phone, [unsent])).toEqual([true])
    await phone.close()
  })

  const here = (phone: Phone, photos: string[]) =>
    Promise.all(photos.map(async (photo) => (await phone.store.cargo.original(photo)) !== null))
})
