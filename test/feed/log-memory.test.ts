import { expect, test } from 'vitest'
import type { Change, Database, Row, Stored } from '../../sync-server/couch/client.ts'
import { rememberLog } from '../../sync-server/feed/log-memory.ts'

const id = '12:checkin:01KQNNJVM00000000000000001'
const rev = `1-${'b'.repeat(32)}`
const doc = (conflicts: string[] = []) =>
  ({ _id: id, _rev: rev, type: 'checkin', ...(conflicts.length > 0 && { _conflicts: conflicts }) }) as Stored
const asChange = (found: Stored) => ({ id, seq: 1, changes: [{ rev }], doc: found }) as Change

test('[RUN28] a conflict that is repaired while its team is read is not taken from what was read', async () => {
  const reads: ((found: Stored) => void)[] = []
  const all = () =>
    new Promise<Row[]>((resolve) => {
      reads.push((found) => resolve([{ id, rev, doc: found, deleted: false } as Row]))
    })
  const memory = rememberLog({ all } as unknown as Database)
  const asked = memory.factsOf('12')
  // The database answers as it was, and the feed tells of the repair before that answer is here.
  memory.take([asChange(doc())])
  reads[0]?.(doc([`1-${'a'.repeat(32)}`]))
  await expect.poll(() => reads.length).toBe(2)
  reads[1]?.(doc())
  expect(await asked).toEqual([doc()])
  expect(await memory.factsOf('12')).toEqual([doc()])
  expect(reads).toHaveLength(2)
})

test('[RUN28] a conflict that nobody has spoken of is kept from what was read, and read once', async () => {
  let reads = 0
  const conflicted = doc([`1-${'a'.repeat(32)}`])
  const all = async () => {
    reads++
    return [{ id, rev, doc: conflicted, deleted: false } as Row]
  }
  const memory = rememberLog({ all } as unknown as Database)
  expect([await memory.factsOf('12'), await memory.factsOf('12'), reads]).toEqual([[], [], 1])
})
