import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { levelOpener } from '../../../sync-server/couch/embedded/storage/level-opener.ts'
import { storePool } from '../../../sync-server/couch/embedded/storage/store-pool.ts'

test('[DB65] a database that is being opened when the server stops is closed, and is the next server’s own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-pool-'))
  const path = join(folder, 'late')
  const newPool = () => {
    const opener = levelOpener('process')
    return { opener, pool: storePool({ opener, maxOpen: 4, idleMs: 60_000 }) }
  }
  const first = newPool()
  const asked = first.pool.use(first.pool.slot(path, 200), (store) => store.info())
  await first.pool.closeAll()
  await asked.catch(() => {}) // whether it was still answered is open
  expect(first.pool.openCount()).toBe(0)
  const next = newPool()
  const records = await next.pool.use(next.pool.slot(path, 200), async () => next.opener.opened(path).records)
  expect(await records.bytes('nothing')).toBeUndefined()
  await next.pool.closeAll()
  await rm(folder, { recursive: true })
})
