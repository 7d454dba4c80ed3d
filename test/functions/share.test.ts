import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card, Ranking } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import type { PublicationDoc } from '../../design-docs/rankings.ts'
import { packRankings } from '../../functions/rules/snapshot.ts'
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
  // Phones that are connected follow their menus by it.
  await it.write('desk', [{ _id: 'menus', type: 'menus', event: it.event, masks: { staff: 1 } } as never])
  await runner.drain()
  expect(await onBoard('menus')).toMatchObject({ masks: { staff: 1 } })
  await edit('menus', { masks: { staff: 3 } })
  expect(await onBoard('menus')).toMatchObject({ masks: { staff: 3 } })
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

/** What is live now, kept under a name as the console would. */
async function keep(ulid: string): Promise<string> {
  const event = (await it.database('desk').get('event')) as unknown as EventDoc
  const rows = await it.database('desk').all({ startkey: 'card:', endkey: 'card;', includeDocs: true })
  const packed = packRankings(
    rows.map(({ doc }) => doc as unknown as Card),
    event,
  )
  const _id = `snapshot:${ulid.padStart(26, '0')}`
  await it.write('desk', [{ _id, type: 'snapshot', at: it.clock.now(), ...packed } as never])
  return _id
}
async function stand(classes: PublicationDoc['classes']): Promise<void> {
  const found = await it.database('desk').get('publication')
  await it.database('desk').put({ ...found, _id: 'publication', type: 'publication', event: 'demo', classes })
  await runner.drain()
}
const by = { at: 1, by: 'admin1' }
const published = (snapshot: string) => ({ state: 'published', ...by, snapshot, publishedAt: 1 }) as const

test('[SH4] no live ranking is public: everyone sees the snapshot that was published, and of the others nothing', async () => {
  const { entry, scanned } = factMaker('12')
  await it.write('log', [entry({ classIds: ['a', 'b'] }), scanned('S1', atMinute(10))])
  await settleDown(it, runner)
  expect(await onBoard('ranking:a')).toBeNull()
  await stand({ a: published(await keep('1')), _overall: published(await keep('2')) })
  expect(await ranked()).toEqual([15])
  expect(await onBoard('ranking:_overall')).toMatchObject({
    asOf: it.clock.now(),
    rows: [{ place: null, classId: 'a' }],
  })
  expect(await onBoard('ranking:b')).toBeNull()
  await it.write('log', [scanned('1', atMinute(30))])
  await settleDown(it, runner)
  expect(await ranked()).toEqual([15])
  await stand({ a: published(await keep('3')), _overall: { state: 'live', ...by } })
  expect(await ranked()).toEqual([25])
  expect(await onBoard('ranking:_overall')).toBeNull()
})

test('[SH5] reopened, it stays in sight; frozen or live it is not', async () => {
  await it.write('log', [factMaker('12').entry()])
  await settleDown(it, runner)
  const snapshot = await keep('1')
  await stand({ a: { ...published(snapshot), state: 'reopened' } })
  expect(await ranked()).toEqual([0])
  await stand({ a: { state: 'frozen', ...by, snapshot } })
  expect(await onBoard('ranking:a')).toBeNull()
})

test('[SH6] a published ranking goes with its class, and comes again with it', async () => {
  await it.write('log', [factMaker('12').entry({ classIds: ['a', 'b'] })])
  await settleDown(it, runner)
  await stand({ b: published(await keep('1')) })
  expect(await onBoard('ranking:b')).not.toBeNull()
  const both = eventDoc().classes
  await edit('event', { classes: both.filter(({ id }) => id === 'a') })
  await settleDown(it, runner)
  expect(await it.database('desk').get('ranking:b')).toBeNull()
  expect(await onBoard('ranking:b')).toBeNull()
  await edit('event', { classes: both })
  expect(await onBoard('ranking:b')).not.toBeNull()
})

test('[SH8] a revoked bib enters the keys', async () => {
  const { entry, make } = factMaker('12')
  await it.write('log', [entry(), make('correction', { at: atMinute(20), field: 'revokedBibs', was: [], is: [1] })])
  await runner.drain()
  expect(await onBoard('keys')).toMatchObject({ ed25519: { K1: 'public' }, revoked: [{ number: '12', issue: 1 }] })
})
