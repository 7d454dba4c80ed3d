import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isOutage } from '../../sync-server/feed/is-outage.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import { watchedStorage } from '../../sync-server/images/watched-storage.ts'
import { storageContract } from './storage-contract.ts'

const emptyFolder = () => mkdtemp(join(tmpdir(), 'zekken-storage-'))
const watch = { now: () => 1_000, warn: () => {} }

storageContract('watched storage', async () => watchedStorage(folderStorage({ folder: await emptyFolder() }), watch))

test('[IS8] a storage that fails says so with one code, is counted, is an outage and is told once', async () => {
  const folder = await emptyFolder()
  await writeFile(join(folder, 'file'), 'in the way')
  const told: string[] = []
  let nowMs = 0
  const storage = watchedStorage(folderStorage({ folder: join(folder, 'file') }), {
    now: () => nowMs,
    warn: (message) => void told.push(message),
  })
  const failed = await storage.put('demo/a', Buffer.from('x')).catch((error: unknown) => error)
  expect(failed).toMatchObject({ code: 'ZK-SYS-007' })
  expect(isOutage(failed)).toBe(true)
  await expect(storage.check()).rejects.toMatchObject({ code: 'ZK-SYS-007' })
  expect(told).toHaveLength(1)
  expect(storage.figures.put).toMatchObject({ done: 0, failed: 1 })
  expect(storage.lastFailure()).toMatchObject({ action: 'check' })
  nowMs = 20_000
  await storage.check().catch(() => {})
  expect(told).toHaveLength(2)
})

test('[IS9] what breaks in the stream that is given is the giver’s, and no failure of the storage', async () => {
  const storage = watchedStorage(folderStorage({ folder: await emptyFolder() }), watch)
  const cut = new Error('the phone is gone')
  async function* stream() {
    yield Buffer.from('half')
    throw cut
  }
  await expect(storage.putStream('demo/a', stream())).rejects.toBe(cut)
  expect(storage.figures.putStream.failed).toBe(0)
})

test('[IS10] a server that keeps its files in a folder does not load the S3 client', async () => {
  const hook = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) })
    await import('./sync-server/start-server.ts')
    const { openStorage } = await import('./sync-server/images/open-storage.ts')
    await openStorage({ kind: 'folder', folder: '/nowhere' })
    const before = seen.filter((name) => name.startsWith('@aws-sdk')).length
    await openStorage({ kind: 's3', bucket: 'b', prefix: '', region: 'r', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
    console.log(before, seen.some((name) => name.startsWith('@aws-sdk')))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', hook])
  expect(stdout.trim()).toBe('0 true')
})
