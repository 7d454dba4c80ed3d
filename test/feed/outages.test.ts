import { afterEach, beforeEach, expect, test } from 'vitest'
import { functions } from '../../functions/index.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'
import { entryOf, probe, teams } from './support/probe.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

test('[RUN11] while the database is away nothing is parked and nothing is skipped', async () => {
  const runner = await it.run()
  await it.write('log', [entryOf('12')])
  await runner.drain()
  it.link.cut()
  await it.write('log', [entryOf('13'), entryOf('14')])
  await expect.poll(() => it.said.some((line) => line.includes('failed and is read again'))).toBe(true)
  it.clock.advance(60_000)
  it.link.restore()
  const drained = runner.drain()
  const ticking = setInterval(() => it.clock.advance(1000), 5)
  await drained
  clearInterval(ticking)
  expect(runner.parked()).toEqual([])
  expect((await it.database('roster').all({ startkey: 'card:', endkey: 'card;' })).map(({ id }) => id)).toEqual([
    'card:12',
    'card:13',
    'card:14',
  ])
})

test('[RUN11] a runner that starts while the database is away takes up its work when it is back', async () => {
  await it.write('log', [entryOf('12')])
  it.link.cut()
  const runner = await it.run()
  expect(runner.status()).toEqual([])
  it.link.restore()
  it.clock.advance(2000)
  await Promise.all([runner.drain(), runner.drain()])
  expect(runner.status()).toHaveLength(functions.length)
  expect(await it.database('roster').get('card:12')).not.toBeNull()
})

test('[RUN12] an event that is made while the runner runs is picked up', async () => {
  const other = await openEvent()
  const known = [it.event]
  const { spec } = probe()
  const runner = await it.run({ functions: [spec], events: async () => known })
  const second = `${it.event}b`
  for (const kind of ['log', 'desk']) await it.couch.create(`zk-${second}-${kind}`)
  await it.couch.database(`zk-${second}-log`).put({ ...entryOf('5'), event: second })
  await it.couch
    .database(`zk-${second}-desk`)
    .put({ ...(await it.database('desk').get('event')), _id: 'event', _rev: undefined } as never)
  known.push(second)
  it.clock.advance(2000)
  await runner.drain()
  expect(await it.couch.database(`zk-${second}-desk`).get('probe:5')).toMatchObject({ count: 1 })
  for (const kind of ['log', 'desk']) await it.couch.drop(`zk-${second}-${kind}`)
  await other.close()
})

test('[RUN13] a runner that was stopped in good order has nothing to do when it starts again', async () => {
  const first = await it.run()
  await it.write('log', teams(6).map(entryOf))
  await first.drain()
  await first.stop()
  it.batches.length = 0
  const second = await it.run()
  await second.drain()
  expect(it.batches).toEqual([])
})

test('[RUN14] a feed that goes silent is noticed by the database having moved on', async () => {
  const { spec } = probe()
  const deaf = it.link.deafen()
  const runner = await it.run({ functions: [spec] })
  await it.write('log', [entryOf('12')])
  const drained = runner.drain()
  const ticking = setInterval(() => it.clock.advance(1000), 5)
  await drained
  clearInterval(ticking)
  deaf.hearAgain()
  expect(await it.database('desk').get('probe:12')).toMatchObject({ count: 1 })
  expect(it.said.join()).toContain('silent')
})
