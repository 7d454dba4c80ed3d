import { expect, test } from 'vitest'
import { uploadPace } from '../../sync-server/images/upload-pace.ts'
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
