import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import { moveFiles } from '../../sync-server/images/move-files.ts'
import { s3Storage } from '../../sync-server/images/s3-storage.ts'
import type { Storage } from '../../sync-server/images/storage.ts'
import { startS3, type TestS3 } from '../support/start-s3.ts'

let s3: TestS3
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3.stop())

const keys = ['demo/original/a', 'demo/picture/12:photo:X/1-480.jpg', '写真/Á', 'long']

async function filled(): Promise<Storage> {
  const storage = folderStorage({ folder: await mkdtemp(join(tmpdir(), 'zekken-move-')) })
  for (const key of keys) await storage.put(key, randomBytes(key === 'long' ? 6_000_000 : 2000))
  return storage
}
const contentOf = async (storage: Storage) =>
  await Promise.all(
    (await storage.list('')).map(async (key) => [key, Buffer.from((await storage.get(key))!).toString('hex')]),
  )

test('[IS11] files go from the folder into a bucket and back, all of them and unchanged; a second run sends nothing', async () => {
  const from = await filled()
  const bucket = s3Storage(s3.placeOf('moved'))
  const seen: number[] = []
  const report = await moveFiles({ from, to: bucket, onProgress: ({ done }) => void seen.push(done) })
  expect(report).toMatchObject({ total: 4, copied: 4, failed: 0, deleted: 0 })
  expect(seen).toEqual([1, 2, 3, 4])
  expect(await moveFiles({ from, to: bucket })).toMatchObject({ total: 4, copied: 0, failed: 0 })
  const back = folderStorage({ folder: await mkdtemp(join(tmpdir(), 'zekken-move-')) })
  await moveFiles({ from: bucket, to: back })
  expect(await contentOf(back)).toEqual(await contentOf(from))
})

test('[IS12] a copy that differs is sent anew, and one that stays wrong keeps every file where it was', async () => {
  const from = await filled()
  const to = folderStorage({ folder: await mkdtemp(join(tmpdir(), 'zekken-move-')) })
  await to.put('demo/original/a', randomBytes(2000))
  const spoiled: Storage = {
    ...to,
    putStream: async (key, chunks) => {
      const bytes = await to.putStream(key, chunks)
      if (key === 'long') await to.put(key, Buffer.alloc(bytes))
      return bytes
    },
  }
  const broken = await moveFiles({ from, to: spoiled, remove: true })
  expect(broken.failures).toEqual([{ key: 'long', reason: 'the copy is not what the file was' }])
  expect(await from.list('')).toHaveLength(4)
  const whole = await contentOf(from)
  expect(await moveFiles({ from, to, remove: true })).toMatchObject({ copied: 1, failed: 0, deleted: 4 })
  expect(await contentOf(to)).toEqual(whole)
  expect(await from.list('')).toEqual([])
})
