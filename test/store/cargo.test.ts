import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPhone, type Phone } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

const jpeg = (bytes: number) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(bytes - 3)])
const draft = {
  type: 'photo',
  team: '12',
  purpose: 'checkin',
  takenAt: 1,
  width: 3,
  height: 2,
  contentType: 'image/jpeg',
} as const

async function takePhoto(phone: Phone, bytes: Buffer): Promise<string> {
  const original = new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
  const preview = new Blob([new Uint8Array(jpeg(3000))], { type: 'image/jpeg' })
  return (await phone.store.outbox.appendPhoto(draft, { original, preview }))._id
}
const pieces = (phone: Phone) =>
  phone.link.log.filter(({ method, path }) => method === 'PUT' && path.includes('/api/film/'))

test('[CG1] a photo goes in pieces after its fact, and its bytes leave the phone with the receipt alone', async () => {
  const phone = await openPhone(server)
  const bytes = jpeg(300_000)
  const photo = await takePhoto(phone, bytes)
  expect(phone.store.status.photosUnsent.value).toEqual({ count: 1, bytes: 300_000 })
  await phone.store.sync()
  expect(pieces(phone).map(({ bytes: length }) => length)).toEqual([131_072, 131_072, 37_856])
  expect(phone.store.cargo.photos.value.size).toBe(0)
  expect(await phone.store.cargo.original(photo)).toBeNull()
  const fact = await server.couch().database('zk-demo-log').get(photo)
  expect(fact).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: 300_000 })
  expect((await phone.store.outbox.preview(photo))?.size).toBe(3000)
  expect(await server.couch().database('zk-demo-log').attachment(photo, 'preview')).toHaveLength(3000)
  await phone.close()
})

test('[CG2] a broken link costs the piece that was on its way; the next page sends only what is missing', async () => {
  const phone = await openPhone(server)
  const photo = await takePhoto(phone, jpeg(400_000))
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
  const bytes = jpeg(5_000)
  const photo = await takePhoto(phone, bytes)
  const headers = { 'x-zekken-time': String(Date.now()) }
  for (const body of ['{}', '{"stored":"yes"}', '{"ok":true}', '[]']) {
    phone.link.intercept((path) => (path.includes('/api/film/') ? new Response(body, { headers }) : null))
    await phone.store.sync()
    const kept = await phone.store.cargo.original(photo)
    expect(Buffer.from((await kept?.arrayBuffer()) ?? new ArrayBuffer(0)).equals(bytes)).toBe(true)
  }
  phone.link.intercept(null)
  await phone.store.sync()
  expect(await phone.store.cargo.original(photo)).toBeNull()
  await phone.close()
})

test('[CG4] a photo that the server refuses stays, and holds up no other', async () => {
  const phone = await openPhone(server)
  const first = await takePhoto(phone, jpeg(2_000))
  const second = await takePhoto(phone, jpeg(2_000))
  phone.link.intercept((path) =>
    path.includes(encodeURIComponent(first)) && path.includes('/api/film/')
      ? new Response('{"error":{"code":"ZK-FILM-004","message":"no"}}', {
          status: 400,
          headers: { 'x-zekken-time': '1' },
        })
      : null,
  )
  expect(await phone.store.sync()).toBe('done')
  expect([...phone.store.cargo.photos.value.keys()]).toEqual([first])
  expect(await phone.store.cargo.original(second)).toBeNull()
  await phone.close()
})

test('[CG5] a page closed between the bytes and their fact leaves no fact without a photo', async () => {
  const phone = await openPhone(server)
  phone.link.cut()
  const photo = await takePhoto(phone, jpeg(2_000))
  await phone.reload()
  expect(phone.store.outbox.facts.value.has(photo)).toBe(true)
  expect((await phone.store.cargo.original(photo))?.size).toBe(2_000)
  await phone.close()
})
