import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Ranking } from '../../design-docs/derived.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, checkpointDoc, eventDoc, factMaker } from '../rules/make-facts.ts'
import { settleDown } from './scenario.ts'

let it: OpenEvent
let runner: Runner
beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
})
afterEach(() => it.close())

async function edit(id: string, change: object): Promise<void> {
  const doc = await it.database('desk').get(id)
  await it.database('desk').put({ ...doc!, ...change })
  await runner.drain()
}
const onBoard = (id: string) => it.database('board').get(id)
const ranked = async () => ((await onBoard('ranking:a')) as unknown as Ranking | null)?.rows.map(({ net }) => net)

test('[SH1] everyone sees the event by its known fields only, released checkpoints, and settings meant for devices', async () => {
  const setting = { type: 'setting', value: 1, atRunTime: true, source: 'x' }
  await it.write('desk', [
    { _id: 'setting:camera', ...setting, key: 'camera', onDevice: true } as never,
    { _id: 'setting:smtp', ...setting, key: 'smtp', onDevice: false } as never,
  ])
  await edit('event', { entryForm: { secret: 'no' } })
  expect(await onBoard('event')).not.toHaveProperty('entryForm')
  expect(await onBoard('setting:camera')).not.toBeNull()
  expect(await onBoard('setting:smtp')).toBeNull()
  await edit('setting:camera', { onDevice: false })
  expect(await onBoard('setting:camera')).toBeNull()
})

test('[SH2] a checkpoint appears at its release and not before, and goes when it is taken back', async () => {
  await it.write('desk', [checkpointDoc('9', { releasedAt: it.clock.now() + 60_000 })])
  await runner.drain()
  it.clock.advance(59_999)
  await runner.drain()
  expect(await onBoard('checkpoint:9')).toBeNull()
  it.clock.advance(1)
  await runner.drain()
  expect(await onBoard('checkpoint:9')).not.toBeNull()
  await edit('checkpoint:9', { releasedAt: it.clock.now() + 1 })
  expect(await onBoard('checkpoint:9')).toBeNull()
})

test('[SH3] the reference photo of a checkpoint stays with the judges, unless teams are to see it', async () => {
  const attachment = { reference: { content_type: 'image/jpeg', data: 'AAAA' } }
  await edit('checkpoint:1', { hasReference: true, _attachments: attachment })
  expect(await onBoard('checkpoint:1')).not.toHaveProperty('hasReference')
  expect(await onBoard('checkpoint:1')).not.toHaveProperty('_attachments')
  await edit('checkpoint:1', { showReference: true })
  expect(await onBoard('checkpoint:1')).toHaveProperty('hasReference')
  expect(await it.database('board').attachment('checkpoint:1', 'reference')).toEqual(new Uint8Array(3))
  await edit('checkpoint:1', { showReference: false })
  expect(await onBoard('checkpoint:1')).not.toHaveProperty('_attachments')
})

test('[SH4] rankings reach the board on the half minute, all changes in between as one', async () => {
  const { entry, scanned } = factMaker('12')
  await it.write('log', [entry(), scanned('S1', atMinute(10))])
  await settleDown(it, runner)
  expect(await ranked()).toEqual([15])
  const before = (await onBoard('ranking:a'))?._rev
  for (const minute of [20, 40, 60]) {
    await it.write('log', [scanned(String(minute / 20), atMinute(minute))])
    await runner.drain()
  }
  expect((await onBoard('ranking:a'))?._rev).toBe(before)
  it.clock.advance(30_000)
  await runner.drain()
  expect(Number.parseInt((await onBoard('ranking:a'))?._rev ?? '', 10)).toBe(Number.parseInt(before ?? '', 10) + 1)
  expect(await ranked()).toEqual([75])
})

test('[SH5] while the ranking is frozen the board keeps what was published last; the final one goes out at once', async () => {
  const { entry, scanned } = factMaker('12')
  await it.write('log', [entry(), scanned('S1', atMinute(10))])
  await settleDown(it, runner)
  await edit('event', { rankingFrozenAt: it.clock.now() })
  await it.write('log', [scanned('1', atMinute(30))])
  await settleDown(it, runner)
  expect(await ranked()).toEqual([15])
  await edit('event', { phase: 'published' })
  expect(await ranked()).toEqual([25])
})

test('[SH6] before the event runs no ranking is public, and the ranking of a class that is gone goes too', async () => {
  await it.write('log', [factMaker('12').entry({ classIds: ['a', 'b'] })])
  await settleDown(it, runner)
  expect(await onBoard('ranking:b')).not.toBeNull()
  await edit('event', { classes: eventDoc().classes.filter(({ id }) => id === 'a') })
  await settleDown(it, runner)
  expect(await it.database('desk').get('ranking:b')).toBeNull()
  expect(await onBoard('ranking:b')).toBeNull()
  await edit('event', { phase: 'open' })
  await settleDown(it, runner)
  expect(await onBoard('ranking:a')).toBeNull()
})

test('[SH8] a revoked bib enters the keys', async () => {
  const { entry, make } = factMaker('12')
  await it.write('log', [entry(), make('correction', { at: atMinute(20), field: 'revokedBibs', was: [], is: [1] })])
  await runner.drain()
  expect(await onBoard('keys')).toMatchObject({ ed25519: { K1: 'public' }, revoked: [{ number: '12', issue: 1 }] })
})
