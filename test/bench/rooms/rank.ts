/**
 * Fact → live ranking with 5,000 teams in one class: a check-in leaves a phone, goes through the gateway into the log, and
 * stands in `desk`'s ranking; one at a time, and at 50 a second. `share`, `seal` and all else work beside, but for
 * `hand-out`, whose 5,000 databases take minutes to be made and which is in nobody's way. `FAST=1` shortens both.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Ranking } from '../../../design-docs/derived.ts'
import type { Fact } from '../../../design-docs/facts.ts'
import { functions } from '../../../functions/index.ts'
import type { CouchDoc } from '../../../sync-server/couch/client.ts'
import { factMaker } from '../../rules/make-facts.ts'
import { percentile, report } from '../report.ts'
import { openBenchEvent } from '../support/open-bench-event.ts'
import { type BenchPhone, openBenchPhones } from '../support/open-bench-phones.ts'

const teams = Array.from({ length: 5000 }, (_, n) => String(10_001 + n))
const [rounds, seconds] = process.env.FAST ? [10, 5] : [40, 20]
const it = await openBenchEvent({ teams, functions: functions.filter(({ name }) => name !== 'hand-out') })
const quick = await openBenchPhones(it.couch, it.event, { count: 1, gatherMs: 0 })
const crew = await openBenchPhones(it.couch, it.event, { count: 10, gatherMs: 1000, first: 1 })
const seen = watchRanking()
/** Each team passes once, so that its row tells of its one fact. */
let passed = 0

type Passing = { team: string; leaving: { at: number } }

function pass(phone: BenchPhone | undefined): Passing {
  const team = teams[(passed++ * 37) % teams.length] ?? ''
  const maker = factMaker(team)
  maker.entry()
  const leaving = phone?.record(maker.scanned('1', Date.now()) as Fact) ?? { at: Number.NaN }
  return { team, leaving }
}

const timesOf = async (passings: readonly Passing[]) =>
  await Promise.all(passings.map(async ({ team, leaving }) => (await seen.of(team)) - leaving.at))

async function oneByOne(): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(...(await timesOf([pass(quick.phones[0])])))
  return times
}

async function atRate(perSecond: number, forMs: number): Promise<number[]> {
  const passings: Passing[] = []
  const started = performance.now()
  for (let due = 0; performance.now() - started < forMs; ) {
    for (; due <= ((performance.now() - started) / 1000) * perSecond; due++) {
      passings.push(pass(crew.phones[due % crew.phones.length]))
    }
    // Facts come by the clock, whatever became of those before.
    await pause(2)
  }
  await Promise.all(crew.phones.map((phone) => phone.emptied()))
  return await timesOf(passings)
}

/** Since when the live ranking has had a team's check-in, by `performance.now()`. */
function watchRanking() {
  const times = new Map<string, PromiseWithResolvers<number>>()
  const of = (team: string) => {
    const known = times.get(team) ?? Promise.withResolvers<number>()
    times.set(team, known)
    return known
  }
  let stopped = false
  const following = (async () => {
    let { last_seq: since } = await it.desk.changes({ since: 'now' })
    while (!stopped) {
      const page = await it.desk.changes({ since, includeDocs: true, waitMs: 1000 })
      since = page.last_seq
      const ranking = page.results.find(({ id }) => id === 'ranking:a')?.doc as unknown as Ranking | undefined
      for (const { team, checkins } of ranking?.rows ?? []) if (checkins > 0) of(team).resolve(performance.now())
    }
  })()
  return {
    of: (team: string) => of(team).promise,
    async stop() {
      stopped = true
      await following
    },
  }
}

async function say(name: string, times: readonly number[]): Promise<void> {
  report({
    name: `${name}: p50 ${percentile(times, 0.5).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms, p95`,
    ours: percentile(times, 0.95),
    baseline: percentile(await writeAndHear(), 0.95),
    baselineName: 'a ranking of that size written and heard of in a feed',
    unit: 'ms',
    better: 'lower',
    goal: { value: 1000 },
  })
}

/** The least that any database takes to carry what was computed to whoever waits for it. */
async function writeAndHear(): Promise<number[]> {
  const { _rev, _id, ...content } = (await it.desk.get('ranking:a')) as CouchDoc
  const database = await it.emptyDatabase(`heard${passed}`)
  const times: number[] = []
  for (let n = 0; n < 20; n++) {
    const { last_seq: since } = await database.changes({ since: 'now' })
    const heard = database.changes({ since, includeDocs: true, waitMs: 5000 })
    const started = performance.now()
    await database.put({ ...content, _id: `at-${Date.now()}-${n}` })
    await heard
    times.push(performance.now() - started)
  }
  return times
}

await timesOf([pass(quick.phones[0])])
await say('fact through the gateway → ranking of 5,000 teams, quiet', await oneByOne())
await atRate(50, 3000)
await say(
  'fact through the gateway → ranking of 5,000 teams, at 50 facts/s from 10 phones',
  await atRate(50, seconds * 1000),
)
await seen.stop()
await quick.close()
await crew.close()
await it.close()
