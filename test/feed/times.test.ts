import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineFunction, type FunctionSpec } from '../../functions/define.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'
import { entryOf, probe, teams } from './support/probe.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

test('[RUN7] a wake-up is kept in the database and rung at its time, by whichever process is there', async () => {
  const rung: number[] = []
  const spec = (at: number) =>
    defineFunction({
      name: 'alarm',
      on: { log: ['entry'] },
      key: (doc) => doc.team ?? null,
      async handle(keys, ctx) {
        if (keys.includes('bell')) rung.push(ctx.now())
        return keys.includes('12') ? [{ do: 'wake', key: 'bell', at }] : []
      },
    })
  const at = it.clock.now() + 90_000
  const first = await it.run({ functions: [spec(at)] })
  await it.write('log', [entryOf('12')])
  await first.drain()
  it.clock.advance(89_999)
  await first.drain()
  await first.stop()
  expect(rung).toEqual([])
  const second = await it.run({ functions: [spec(at)] })
  it.clock.advance(1)
  await second.drain()
  expect(rung).toEqual([at])
  it.clock.advance(600_000)
  await second.drain()
  expect(rung).toEqual([at])
  expect(
    await it.couch.database('zk-office').all({ startkey: `wake:${it.event}`, endkey: `wake:${it.event};` }),
  ).toEqual([])
})

test('[RUN19] however many batches, a position is stored every three seconds; killed in between the same is done again', async () => {
  const { spec, calls } = probe({})
  const position = `position:${it.event}:${spec.name}`
  const stored = () => it.link.writes.filter(({ ids }) => ids.includes(position)).length
  const written = (team: string) => async () => await it.database('desk').get(`probe:${team}`)
  await it.run({ functions: [spec] })
  for (const team of teams(3)) {
    await it.write('log', [entryOf(team)])
    await expect.poll(written(team)).not.toBeNull()
  }
  expect(stored()).toBe(1)
  // The first is given no chance to end in good order.
  const again = await it.run({ functions: [spec] })
  await again.drain()
  expect(calls.flat().toSorted()).toEqual(['1001', '1002', '1002', '1003', '1003'])
})

test('[RUN19] a position that waits is stored when its time has come, though nothing else does', async () => {
  const { spec } = probe({})
  const position = `position:${it.event}:${spec.name}`
  const stored = () => it.link.writes.filter(({ ids }) => ids.includes(position)).length
  await it.run({ functions: [spec] })
  for (const team of teams(2)) {
    await it.write('log', [entryOf(team)])
    await expect.poll(async () => await it.database('desk').get(`probe:${team}`)).not.toBeNull()
  }
  expect(stored()).toBe(1)
  it.clock.advance(3000)
  await expect.poll(stored).toBe(2)
})

test('[RUN21] a clock that is set back during a batch does not put off the next one of a function with a pace', async () => {
  const { spec } = probe({})
  const written = (team: string) => async () => await it.database('desk').get(`probe:${team}`)
  const paced: FunctionSpec = {
    ...spec,
    paceMs: 400,
    async handle(keys, ctx) {
      if (keys.includes('1001')) it.clock.advance(-3_600_000)
      return await spec.handle(keys, ctx)
    },
  }
  await it.run({ functions: [paced] })
  await it.write('log', [entryOf('1001')])
  await expect.poll(written('1001')).not.toBeNull()
  await it.write('log', [entryOf('1002')])
  const nextWritten = async () => {
    it.clock.advance(100)
    return await written('1002')()
  }
  await expect.poll(nextWritten).not.toBeNull()
})

test('[RUN21] a clock that is set back does not put off the storing of a position', async () => {
  const { spec } = probe({})
  const position = `position:${it.event}:${spec.name}`
  const stored = () => it.link.writes.filter(({ ids }) => ids.includes(position)).length
  const runner = await it.run({ functions: [spec] })
  await it.write('log', [entryOf('1001')])
  await runner.drain()
  expect(stored()).toBe(1)
  it.clock.advance(-3_600_000)
  await it.write('log', [entryOf('1002')])
  await expect.poll(stored).toBe(2)
})
