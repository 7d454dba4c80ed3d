import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { AppError } from '../../design-docs/errors.ts'
import { drawingPace } from '../../sync-server/images/drawing-pace.ts'
import { uploadPace } from '../../sync-server/images/upload-pace.ts'
import type { GuardedEnv } from '../../sync-server/login/guard.ts'
import { openPhone } from '../store/support/open-phone.ts'
import { openServer } from '../store/support/open-server.ts'
import { anyJpeg } from '../support/any-jpeg.ts'

test('[UL1] more photos than anyone takes wait for the next place; one that has begun and other people do not', () => {
  const clock = { now: 0 }
  const pace = uploadPace({ now: () => clock.now, perHour: 60 })
  const admit = (account: string, photo: string | number) => {
    try {
      pace.admit(account, String(photo))
      return 'in'
    } catch (error) {
      return (error as { figures: { retryAfterMs: number } }).figures.retryAfterMs
    }
  }
  expect(new Set(Array.from({ length: 60 }, (_, n) => admit('a', n)))).toEqual(new Set(['in']))
  expect([admit('a', 60), admit('a', 59), admit('b', 60)]).toEqual([60_000, 'in', 'in'])
  clock.now = 45_000
  expect(admit('a', 60)).toBe(15_000)
  clock.now = 60_000
  expect([admit('a', 60), admit('a', 61)]).toEqual(['in', 60_000])
  clock.now = 10 * 3_600_000
  expect(new Set(Array.from({ length: 60 }, (_, n) => admit('a', 100 + n)))).toEqual(new Set(['in']))
  expect(admit('a', 200)).toBe(60_000)
})

test('[UL2] a phone that comes back with many photos waits and goes on, and loses none', async () => {
  const server = await openServer({ photosPerHour: 2 })
  try {
    const phone = await openPhone(server)
    phone.device.room.quotaBytes = 0
    const bytes = Array.from({ length: 4 }, () => anyJpeg(2000))
    const photos: string[] = []
    for (const one of bytes) photos.push(await phone.photo(one))
    const left: number[] = []
    for (let round = 0; round < 3; round++) {
      await phone.store.sync()
      left.push(phone.store.status.photosUnsent.value.count)
      server.clock.now += 30 * 60_000
    }
    expect(left).toEqual([2, 1, 0])
    for (const [n, photo] of photos.entries())
      expect((await server.original(photo))?.equals(bytes[n] as Buffer)).toBe(true)
    await phone.close()
  } finally {
    await server.close()
  }
})

test('[UL3] whoever brings more pictures in the console than anyone prepares is held up before they are read, each by oneself', async () => {
  const clock = { now: 0 }
  const app = new Hono<GuardedEnv>()
  app.use(async (c, next) => {
    c.set('caller', { account: c.req.header('x-account') } as GuardedEnv['Variables']['caller'])
    await next()
  })
  app.route('/', drawingPace({ now: () => clock.now }, 2))
  app.all('*', (c) => c.text('taken'))
  app.onError((error, c) => c.text((error as AppError).code, 429))
  const bring = async (account: string, method = 'POST', path = '/events/demo/palettes') =>
    (await app.request(path, { method, headers: { 'x-account': account } })).text()
  expect([await bring('a'), await bring('a', 'PUT', '/events/demo/pages/p1/picture')]).toEqual(['taken', 'taken'])
  const reference = '/events/demo/plan/checkpoints/34/reference'
  expect([await bring('a'), await bring('a', 'PUT', reference)]).toEqual(['ZK-FILM-011', 'ZK-FILM-011'])
  expect([await bring('b'), await bring('a', 'GET'), await bring('a', 'DELETE', reference)]).toEqual(
    Array(3).fill('taken'),
  )
  clock.now = 30 * 60_000
  expect([await bring('a'), await bring('a')]).toEqual(['taken', 'ZK-FILM-011'])
})
