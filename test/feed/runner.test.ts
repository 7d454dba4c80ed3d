import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { defineFunction, desk, everyTeam, type FunctionSpec, put } from '../../functions/define.ts'
import { functions } from '../../functions/index.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

const entryOf = (team: string) => factMaker(team).entry()
const teams = (count: number) => Array.from({ length: count }, (_, n) => `${1001 + n}`)

/** Notes each call and writes one document a team; `fails` says for which it throws. */
function probe(options: { fails?: (key: string) => boolean; plan?: boolean; slice?: number } = {}) {
  const calls: string[][] = []
  const spec: FunctionSpec = defineFunction({
    name: 'probe',
    on: { log: ['entry', 'checkin'], ...(options.plan && { desk: ['event'] }) },
    key: (doc) => (doc.type === 'event' ? everyTeam : (doc.team ?? null)),
    ...(options.slice && { slice: options.slice }),
    async handle(keys, ctx) {
      calls.push([...keys])
      const facts = await ctx.factsOf(keys)
      if (keys.some((key) => options.fails?.(key))) throw new Error('it does not work')
      return keys.map((key) => put(desk, { _id: `probe:${key}`, count: facts.get(key)?.length ?? 0 } as never))
    },
  })
  return { spec, calls }
}

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
  for (const name of ['settle', 'rank', 'share', 'hand-out']) expect(await runner.replay(name)).toBe(1)
  it.batches.length = 0
  await runner.drain()
  expect(it.batches.reduce((sum, batch) => sum + batch.written, 0)).toBe(0)
  expect(it.batches.reduce((sum, batch) => sum + batch.unchanged, 0)).toBeGreaterThan(10)
  expect(await revisions()).toEqual(before)
})

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

test('[RUN8] a walk through all teams goes in slices and lets a new change pass', async () => {
  const { spec, calls } = probe({ plan: true, slice: 4 })
  const held = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  let walking = false
  const slow: FunctionSpec = {
    ...spec,
    async handle(keys, ctx) {
      const effects = await spec.handle(keys, ctx)
      if (walking && calls.length === 3) {
        begun.resolve()
        await held.promise
      }
      return effects
    },
  }
  await it.write('log', teams(40).map(entryOf))
  const runner = await it.run({ functions: [slow] })
  await runner.drain()
  calls.length = 0
  walking = true
  await it.database('desk').put({ ...(await it.database('desk').get('event'))!, phase: 'closed' })
  await begun.promise
  expect(runner.status()).toMatchObject([{ walking: true }])
  await it.write('log', [entryOf('7')])
  held.resolve()
  await runner.drain()
  const walked = calls.flat()
  expect(walked.indexOf('7')).toBeGreaterThan(0)
  expect(walked.indexOf('7')).toBeLessThan(30)
  expect(new Set(walked)).toEqual(new Set([...teams(40), '7']))
  expect(Math.max(...calls.map((keys) => keys.length))).toBe(4)
})

test('[RUN8] a walk that a crash has interrupted goes on where it was', async () => {
  const { spec, calls } = probe({ plan: true, slice: 4 })
  await it.write('log', teams(40).map(entryOf))
  const runner = await it.run({ functions: [spec] })
  await runner.drain()
  calls.length = 0
  let slices = 0
  it.link.cutAt((write) => write.ids.some((id) => id.startsWith('position:')) && ++slices === 6, 'after')
  await it.database('desk').put({ ...(await it.database('desk').get('event'))!, phase: 'closed' })
  await expect.poll(() => it.said.some((line) => line.includes('tried again'))).toBe(true)
  await runner.stop()
  it.link.restore()
  const before = calls.length
  expect(before).toBeLessThan(8)
  const again = await it.run({ functions: [spec] })
  await again.drain()
  expect(new Set(calls.flat())).toEqual(new Set(teams(40)))
  expect(calls.length).toBeLessThan(13)
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

test('[RUN15] the sweep finds what was tampered with, puts it right, and finds nothing else', async () => {
  const runner = await it.run()
  const { entry, scanned, undo } = factMaker('12')
  const checkin = scanned('S1', atMinute(20))
  await it.write('log', [entry(), checkin, entryOf('13')])
  await runner.drain()
  expect((await runner.sweep()).differences).toEqual([])
  const card = await it.database('desk').get('card:12')
  await it.database('desk').put({ ...card!, name: 'Nobody' })
  await it.database('roster').put({ _id: 'card:99', type: 'card' })
  const stray = { ...(await it.database('desk').get(`verdict:${checkin._id}`))!, _rev: undefined }
  const lost = `verdict:${undo(checkin)._id.replace('void', 'checkin')}`
  await it.database('desk').put({ ...stray, _id: lost } as never)
  await it.ofTeam('13').bulk([{ ...(await it.ofTeam('13').get('card:13'))!, _deleted: true }])
  await runner.drain()
  const { differences } = await runner.sweep()
  const told = differences.map(({ kind, database, id }) => `${kind} ${database.replace(it.event, 'e')} ${id}`)
  expect(told.sort()).toEqual(
    [
      `left over zk-e-desk ${lost}`,
      'left over zk-e-roster card:99',
      'missing zk-e-team-13 card:13',
      'other zk-e-desk card:12',
    ].sort(),
  )
  expect((await runner.sweep()).differences).toEqual([])
  expect(await it.database('roster').get('card:12')).toMatchObject({ name: 'Team' })
})

test('[RUN16] what the batches came to is told for metrics', async () => {
  const runner = await it.run()
  await it.write('log', teams(3).map(entryOf))
  await runner.drain()
  const settled = it.batches.filter((batch) => batch.function === 'settle')
  expect(settled.reduce((sum, { written }) => sum + written, 0)).toBe(6)
  expect(runner.status().map((line) => line.function)).toEqual(['develop', 'settle', 'rank', 'share', 'hand-out'])
  expect(runner.status().every(({ state, pending }) => state === 'waiting' && pending === 0)).toBe(true)
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
