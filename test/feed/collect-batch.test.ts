import { expect, test } from 'vitest'
import { defineFunction } from '../../functions/define.ts'
import type { Change } from '../../sync-server/couch/client.ts'
import { changeKey } from '../../sync-server/feed/changed-keys.ts'
import { collectBatch } from '../../sync-server/feed/collect-batch.ts'

const spec = defineFunction({
  name: 'probe',
  on: { log: ['checkin'] },
  key: (doc) => doc.team ?? null,
  handle: async () => [],
})
const id = '12:checkin:01KQNNJVM00000000000000001'
const own = changeKey('log', id)
const change = (seq: number, conflicts: string[]): Change => ({
  seq,
  id,
  changes: [{ rev: '1-a' }],
  doc: { _id: id, _rev: '1-a', type: 'checkin', team: '12', ...(conflicts.length > 0 && { _conflicts: conflicts }) },
})
const inTwo = (seq: number) => change(seq, ['1-b'])
const inOrder = (seq: number) => change(seq, [])

const collect = (changes: Change[], more: { parked?: string[]; due?: string[]; now?: Change } = {}) =>
  collectBatch({
    spec,
    startedAt: 0,
    position: { since: {} },
    pages: new Map([['log', { changes, last: changes.at(-1)?.seq ?? 0, pending: 0 }]]),
    due: more.due ?? [],
    parked: more.parked ?? [],
    teams: async () => [],
    reread: async () => more.now ?? null,
  })

test('[RUN22] of two changes of a fact in one batch the later one says how it stands', async () => {
  expect([...(await collect([inTwo(1), inOrder(2)])).unclear.keys()]).toEqual([])
  expect([...(await collect([inOrder(1), inTwo(2)])).unclear.keys()]).toEqual([own])
})

test('[RUN22] a parked fact that has come into order is let go without being asked', async () => {
  expect((await collect([inOrder(2)], { parked: [own] })).cleared).toEqual([own])
  expect((await collect([inTwo(2)], { parked: [own] })).cleared).toEqual([])
  expect((await collect([inOrder(2)])).cleared).toEqual([])
})

test('[RUN22] what is read anew for a try counts more than a page that was read before', async () => {
  const batch = await collect([inTwo(1)], { parked: [own], due: [own], now: inOrder(2) })
  expect(batch).toMatchObject({ cleared: [own], keys: ['12'] })
  expect(batch.unclear.size).toBe(0)
})

test('[RUN27] a walk through every team can be waited for, and what rang for it has rung', async () => {
  const batch = await collect([], { due: ['*'] })
  expect(batch).toMatchObject({ cleared: ['*'], keys: [], position: { round: { after: '' } } })
})
