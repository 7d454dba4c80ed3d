import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { s3Storage } from '../../sync-server/images/s3-storage.ts'
import { startS3, type TestS3 } from '../support/start-s3.ts'
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
