import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'
import { entryOf, probe, teams } from './support/probe.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

test('[RUN3] a failing key is found by halving and does not hold up the others', async () => {
  const { spec, calls } = probe({ fails: (key) => key === '1005' })
  const runner = await it.run({ functions: [spec] })
  await it.write('log', teams(8).map(entryOf))
  await runner.drain()
  const written = (await it.database('desk').all({ startkey: 'probe:', endkey: 'probe;' })).map(({ id }) => id)
  expect(written).toEqual(
    teams(8)
      .filter((team) => team !== '1005')
      .map((team) => `probe:${team}`),
  )
  expect(calls.at(-1)?.length).toBeLessThan(5)
  expect(runner.parked()).toMatchObject([
    { key: '1005', state: 'retrying', tries: 1, error: 'Error: it does not work' },
  ])
})

test('[RUN4] a key is tried five times with growing pauses and then parked, which outlives the process', async () => {
  const broken = probe({ fails: () => true })
  const runner = await it.run({ functions: [broken.spec] })
  await it.write('log', [entryOf('12')])
  await runner.drain()
  const pauses: number[] = []
  for (let tries = 1; tries < 5; tries++) {
    const [kept] = runner.parked()
    expect(kept).toMatchObject({ state: 'retrying', tries })
    const pauseMs = (kept?.nextAt ?? 0) - it.clock.now()
    pauses.push(pauseMs)
    it.clock.advance(pauseMs - 1)
    await runner.drain()
    expect(runner.parked()[0]?.tries).toBe(tries)
    it.clock.advance(1)
    await runner.drain()
  }
  expect(pauses).toEqual([...pauses].sort((one, other) => one - other))
  expect(new Set(pauses).size).toBe(4)
  expect(runner.parked()).toMatchObject([{ state: 'parked', tries: 5, nextAt: null }])
  it.clock.advance(3_600_000)
  await runner.drain()
  expect(broken.calls).toHaveLength(5)
  await runner.stop()
  const again = await it.run({ functions: [probe().spec] })
  await again.drain()
  expect(again.parked()).toMatchObject([{ key: '12', state: 'parked' }])
})

test('[RUN5] a parked key is worked off when it is redriven, and by the next change that succeeds', async () => {
  let isBroken = true
  const { spec } = probe({ fails: () => isBroken })
  const runner = await it.run({ functions: [spec] })
  const one = factMaker('12')
  await it.write('log', [one.entry(), entryOf('13')])
  await runner.drain()
  for (let tries = 1; tries < 5; tries++) {
    it.clock.advance(60_000)
    await runner.drain()
  }
  expect(runner.status()).toMatchObject([{ parked: 2, retrying: 0 }])
  isBroken = false
  await it.write('log', [one.scanned('1', atMinute(1))])
  await runner.drain()
  expect(runner.parked()).toMatchObject([{ key: '13' }])
  expect(await runner.redrive('13')).toBe(1)
  await runner.drain()
  expect(runner.parked()).toEqual([])
  expect(await it.database('desk').get('probe:13')).toMatchObject({ count: 1 })
  expect(await it.couch.database('zk-office').get(`parked:${it.event}:probe:13`)).toBeNull()
})

test('[RUN6] a fact with two revisions is parked and never chosen from; repaired and redriven it counts', async () => {
  const runner = await it.run()
  const { entry, scanned } = factMaker('12')
  const checkin = { ...scanned('S1', atMinute(20)), event: it.event }
  await it.write('log', [entry(), checkin])
  await runner.drain()
  expect(await it.database('desk').get('card:12')).toMatchObject({ points: { provisional: 15 } })

  const rivals = ['a', 'b'].map((digit) => ({ ...checkin, checkpoint: '5', _rev: `1-${digit.repeat(32)}` }))
  await it.database('log').bulk(rivals, { newEdits: false })
  await runner.drain()
  expect(await it.database('desk').get('card:12')).toMatchObject({ points: { provisional: 0 }, checkins: { total: 0 } })
  expect(runner.parked().map(({ key, state }) => `${key} ${state}`)).toContain(`change:log:${checkin._id} parked`)

  await repair(checkin._id)
  await runner.redrive()
  await runner.drain()
  expect(runner.parked()).toEqual([])
  expect(((await it.database('desk').get('card:12')) as unknown as Card).checkins.total).toBe(1)
})

test('[RUN22] a fact that was repaired counts again without anybody asking for it', async () => {
  const runner = await it.run()
  const { entry, scanned } = factMaker('12')
  const checkin = { ...scanned('S1', atMinute(20)), event: it.event }
  await it.write('log', [entry(), checkin])
  await it.database('log').bulk([{ ...checkin, checkpoint: '5', _rev: `1-${'a'.repeat(32)}` }], { newEdits: false })
  await runner.drain()
  expect(runner.parked()).toHaveLength(1)
  await repair(checkin._id)
  await runner.drain()
  expect(runner.parked()).toEqual([])
  expect(((await it.database('desk').get('card:12')) as unknown as Card).checkins.total).toBe(1)
})

/** What a person does by hand: all revisions but one are deleted. */
async function repair(fact: string): Promise<void> {
  const standing = await it.database('log').get(fact, { conflicts: true })
  for (const _rev of standing?._conflicts ?? []) await it.database('log').bulk([{ _id: fact, _rev, _deleted: true }])
}
