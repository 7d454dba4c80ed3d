/**
 * Fact → card through the whole server: gateway, log, `settle`, `desk`, `share`, `roster`, with `rank` and `hand-out` at
 * work beside. Latency at 50 facts/s, then the highest rate that is kept for a minute beside bare bulk writes into the
 * same database. `FAST=1` shortens both.
 */
import type { Fact } from '../../../design-docs/facts.ts'
import type { CouchDoc } from '../../../sync-server/couch/client.ts'
import { factMaker } from '../../rules/make-facts.ts'
import { percentile, report } from '../report.ts'
import { openBenchEvent } from '../support/open-bench-event.ts'
import { type Leaving, openBenchPhones } from '../support/open-bench-phones.ts'
import type { Mark } from '../support/watch-cards.ts'

const teams = Array.from({ length: 200 }, (_, n) => String(1001 + n))
const [latencySeconds, rateSeconds] = process.env.FAST ? [10, 10] : [20, 60]
const it = await openBenchEvent({ teams })
const [phones, gatherMs] = [10, 1000]
const crew = await openBenchPhones(it.couch, it.event, { count: phones, gatherMs })
const makers = new Map(teams.map((team) => [team, factMaker(team)]))
const seen = await it.watchCards('roster')
let counter = 0

/** The next team passes a checkpoint, and the next phone records it. */
function recordNext(): { mark: Mark; leaving: Leaving } {
  const round = Math.floor(counter / teams.length)
  const team = teams[counter % teams.length] ?? ''
  const checkin = makers.get(team)?.scanned(String((round % 5) + 1), Date.now())
  const leaving = crew.phones[counter++ % phones]?.record(checkin as Fact) ?? { at: Number.NaN }
  return { mark: { team, n: round + 1 }, leaving }
}

async function atRate(perSecond: number, forMs: number): Promise<number[]> {
  const recorded: ReturnType<typeof recordNext>[] = []
  const started = performance.now()
  for (let due = 0; performance.now() - started < forMs; ) {
    for (; due <= ((performance.now() - started) / 1000) * perSecond; due++) {
      recorded.push(recordNext())
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(crew.phones.map((phone) => phone.emptied()))
  await seen.until(recorded.map(({ mark }) => mark))
  return recorded.map(({ mark, leaving }) => (seen.at(mark) ?? Number.NaN) - leaving.at)
}

await atRate(50, 3000) // everything warm
const latencies = await atRate(50, latencySeconds * 1000)
report({
  name: `fact → card at 50 facts/s from ${phones} phones, a push of each every ${gatherMs} ms: p50 ${percentile(latencies, 0.5).toFixed(0)} ms, worst ${Math.max(...latencies).toFixed(0)} ms, p95`,
  ours: percentile(latencies, 0.95),
  baseline: percentile(await writeAndHear(), 0.95),
  baselineName: 'one document written and heard of in its own feed',
  unit: 'ms',
  better: 'lower',
  goal: { value: it.isEmbedded ? 250 : 500 },
})

const bare = await bareBulk(10_000)
report({
  name: `facts/s kept for ${rateSeconds} s, gateway on`,
  ours: await highestRate(rateSeconds),
  baseline: bare,
  baselineName: 'bare bulk of the same facts',
  unit: 'facts/s',
  better: 'higher',
})
await seen.stop()
await crew.close()
await it.close()

/** As many as come through while no more than 500 are on their way to a card. */
async function highestRate(forSeconds: number): Promise<number> {
  const started = performance.now()
  let done = 0
  const underWay = new Set<Promise<void>>()
  while (performance.now() - started < forSeconds * 1000) {
    const marks = Array.from({ length: 100 }, () => recordNext().mark)
    const work = seen.until(marks).then(() => {
      done += marks.length
      underWay.delete(work)
    })
    underWay.add(work)
    if (underWay.size >= 5) await Promise.race(underWay)
  }
  const rate = done / ((performance.now() - started) / 1000)
  await Promise.all(underWay)
  return rate
}

/** The least that any database takes: 50 single writes a second, each until a waiting reader has it. */
async function writeAndHear(): Promise<number[]> {
  const database = await it.emptyDatabase('heard')
  const times: number[] = []
  for (let n = 0; n < 100; n++) {
    const heard = database.changes({ since: 'now', waitMs: 5000 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    const started = performance.now()
    await database.put({ _id: `n${n}` })
    await heard
    times.push(performance.now() - started)
  }
  return times
}

async function bareBulk(count: number): Promise<number> {
  const bareMaker = factMaker('0')
  const bareFact = () => ({ ...bareMaker.scanned('1', Date.now()), event: it.event }) as unknown as CouchDoc
  const batches = Array.from({ length: count / 100 }, () => Array.from({ length: 100 }, bareFact))
  const database = await it.emptyDatabase('bare')
  const started = performance.now()
  for (const batch of batches) await database.bulk(batch)
  return count / ((performance.now() - started) / 1000)
}
