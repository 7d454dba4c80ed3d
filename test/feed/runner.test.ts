import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import type { FunctionSpec } from '../../functions/define.ts'
import { functions } from '../../functions/index.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'
import { entryOf, probe, teams } from './support/probe.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

test('[RUN1] a fact becomes a card on roster and in its team’s database, and moves the ranking', async () => {
  const runner = await it.run()
  const { entry, scanned } = factMaker('12')
  const checkin = scanned('S1', atMinute(20))
  await it.write('log', [entry({ name: '髙﨑隊' }), checkin])
  await runner.drain()
  const card = (await it.database('roster').get('card:12')) as unknown as Card
  expect(card.name).toBe('髙﨑隊')
  expect(card.points.provisional).toBe(15)
  expect(await it.ofTeam('12').get('card:12')).toMatchObject({ name: '髙﨑隊' })
  expect(await it.ofTeam('12').get(`verdict:${checkin._id}`)).toMatchObject({ status: 'AUTO_APPROVED' })
  expect(await it.database('desk').get('ranking:a')).toMatchObject({ rows: [{ team: '12', net: 15 }] })
})

test('[RUN1] a batch of changes collapses to keys: one call, one write a database, one position', async () => {
  const { spec, calls } = probe()
  await it.write(
    'log',
    teams(30).flatMap((team) => [
      entryOf(team),
      factMaker(`${team}`).scanned('1', atMinute(1), { _id: `${team}:checkin:01JGFJJZ000000000000000001` }),
    ]),
  )
  const runner = await it.run({ functions: [spec] })
  await runner.drain()
  expect(calls).toHaveLength(1)
  expect(calls[0]).toHaveLength(30)
  expect(it.link.writes.map(({ database }) => database)).toEqual([`zk-${it.event}-desk`, 'zk-office'])
})

test('[RUN2] what a document says already is not written again, also when everything is replayed', async () => {
  const runner = await it.run()
  await it.write('log', teams(5).map(entryOf))
  await runner.drain()
  it.clock.advance(30_000) // rankings go out
  await runner.drain()
  const revisions = async () => (await it.database('desk').all()).map(({ id, rev }) => `${id} ${rev}`)
  const before = await revisions()
  it.batches.length = 0
  for (const name of ['settle', 'rank', 'share', 'hand-out']) expect(await runner.replay(name)).toBe(1)
  await runner.drain()
  expect(it.batches.reduce((sum, batch) => sum + batch.written, 0)).toBe(0)
  expect(it.batches.reduce((sum, batch) => sum + batch.unchanged, 0)).toBeGreaterThan(10)
  expect(await revisions()).toEqual(before)
})

test('[RUN9] when someone else has written meanwhile, the function is called again and nothing goes back', async () => {
  const { spec, calls } = probe()
  const meddling: FunctionSpec = {
    ...spec,
    async handle(keys, ctx) {
      const effects = await spec.handle(keys, ctx)
      if (calls.length === 1) await it.database('desk').put({ _id: 'probe:12', count: 99 })
      return effects
    },
  }
  await it.write('log', [entryOf('12')])
  const runner = await it.run({ functions: [meddling] })
  await runner.drain()
  expect(calls).toEqual([['12'], ['12']])
  expect(await it.database('desk').get('probe:12')).toMatchObject({ count: 1 })
})

test('[RUN10] a team’s database is made when the team is, and made again when it has vanished', async () => {
  const runner = await it.run()
  const { entry, scanned } = factMaker('A7')
  await it.write('log', [entry()])
  await runner.drain()
  expect(await it.ofTeam('A7').get('_design/zekken')).not.toBeNull()
  await it.couch.drop(`zk-${it.event}-team-a7`)
  await it.write('log', [scanned('1', atMinute(3))])
  await runner.drain()
  expect(await it.ofTeam('A7').get('card:A7')).toMatchObject({ checkins: { total: 1 } })
})

test('[RUN10] what a team’s database held before a restart is changed, not taken for new', async () => {
  const first = await it.run()
  const { entry, scanned, review } = factMaker('12')
  const checkin = scanned('S1', atMinute(20))
  await it.write('log', [entry(), checkin])
  await first.drain()
  await first.stop()
  const second = await it.run()
  await it.write('log', [scanned('1', atMinute(60))])
  await second.drain()
  await it.write('log', [review(checkin, 'REJECTED')])
  await second.drain()
  expect(await it.ofTeam('12').get(`verdict:${checkin._id}`)).toMatchObject({ status: 'REJECTED' })
  expect(second.parked()).toEqual([])
})

test('[RUN16] what the batches came to is told for metrics', async () => {
  const runner = await it.run()
  await it.write('log', teams(3).map(entryOf))
  await runner.drain()
  const settled = it.batches.filter((batch) => batch.function === 'settle')
  expect(settled.reduce((sum, { written }) => sum + written, 0)).toBe(6)
  expect(runner.status().map((line) => line.function)).toEqual(functions.map(({ name }) => name))
  expect(runner.status().every(({ state, pending }) => state === 'waiting' && pending === 0)).toBe(true)
})
