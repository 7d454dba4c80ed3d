import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { s3Storage } from '../../sync-server/images/s3-storage.ts'
import type { Storage } from '../../sync-server/images/storage.ts'
import { startS3, type TestS3 } from '../support/start-s3.ts'
import { type Trouble, type TroubledProxy, troubledProxy } from '../support/troubled-proxy.ts'
import { storageContract } from './storage-contract.ts'

let s3: TestS3
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3.stop())

storageContract('S3 storage', async () => s3Storage(s3.placeOf(`at/${randomUUID()}`)))
storageContract('S3 storage without a prefix', async () => {
  const storage = s3Storage(s3.placeOf(''))
  for (const key of await storage.list('')) await storage.delete(key)
  return storage
})
test('one prefix does not see what lies under another', async () => {
  const [one, other] = [s3Storage(s3.placeOf('one')), s3Storage(s3.placeOf('one-more'))]
  await other.put('demo/a', Buffer.from('x'))
  expect(await one.list('')).toEqual([])
  expect(await one.get('demo/a')).toBeNull()
})

test('[IS5] a bucket that is not there is an error, not an empty storage', async () => {
  const storage = s3Storage({ ...s3.placeOf(''), bucket: 'another' })
  await expect(storage.check()).rejects.toThrow()
  await expect(storage.get('demo/a')).rejects.toThrow('bucket')
  await expect(storage.list('demo/')).rejects.toThrow('bucket')
  await expect(s3Storage(s3.placeOf('')).check()).resolves.toBeUndefined()
})

describe('on a bad line', () => {
  let line: TroubledProxy
  let storage: Storage
  beforeAll(async () => {
    line = await troubledProxy(s3.endpoint)
    storage = s3Storage({ ...s3.placeOf('line'), endpoint: line.address })
  })
  afterAll(() => line.stop())

  test('[IS6] a busy server and lost connections are tried again, also for one part of a long file', async () => {
    line.befall('busy', 'lost')
    await storage.put('demo/a', Buffer.from('one'))
    expect(line.asked()).toBe(3)
    line.befall('lost-answer')
    await storage.put('demo/a', Buffer.from('two'))
    line.befall('lost', 'busy')
    expect(Buffer.from((await storage.get('demo/a'))!).toString()).toBe('two')
    const long = Array.from({ length: 11 }, () => randomBytes(1_048_576))
    line.befall('busy', 'none', 'lost', 'none', 'lost-answer', 'none', 'busy')
    expect(await storage.putStream('demo/long', Readable.from(long))).toBe(11 * 1_048_576)
    expect(Buffer.from((await storage.get('demo/long'))!).equals(Buffer.concat(long))).toBe(true)
  })

  test('[IS6] what stays bad is an error in the end, and the value before it stays', async () => {
    await storage.put('demo/b', Buffer.from('before'))
    line.befall(...Array<Trouble>(4).fill('busy'))
    await expect(storage.put('demo/b', Buffer.from('after'))).rejects.toThrow()
    expect([line.asked(), Buffer.from((await storage.get('demo/b'))!).toString()]).toEqual([4, 'before'])
  })

  test('[IS7] bytes that were changed on the way are not stored, in a part of a long file neither', async () => {
    line.befall('flipped')
    await expect(storage.put('demo/c', randomBytes(10_000))).rejects.toMatchObject({ name: 'BadDigest' })
    expect(await storage.has('demo/c')).toBe(false)
    // The first request begins the long file, the second carries a part.
    line.befall('none', 'flipped')
    const long = Array.from({ length: 6 }, () => randomBytes(1_048_576))
    // The server of the tests cannot take parts back, and says so instead.
    await expect(storage.putStream('demo/d', Readable.from(long))).rejects.toThrow()
    expect(await storage.has('demo/d')).toBe(false)
  })
})
