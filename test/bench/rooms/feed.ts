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
import { openBenchPhones } from '../support/open-bench-phones.ts'
import type { Mark } from '../support/watch-cards.ts'

const teams = Array.from({ length: 200 }, (_, n) => String(1001 + n))
const [latencySeconds, rateSeconds] = process.env.FAST ? [10, 10] : [20, 60]
const it = await openBenchEvent({ teams })
const crew = await openBenchPhones(it.couch, it.event, 10)
const makers = new Map(teams.map((team) => [team, factMaker(team)]))
const seen = await it.watchCards('roster')
let counter = 0

/** The next team passes a checkpoint, and the next phone records it. */
function recordNext(): Mark {
  const round = Math.floor(counter / teams.length)
  const team = teams[counter % teams.length] ?? ''
  const checkin = makers.get(team)?.scanned(String((round % 5) + 1), Date.now())
  crew.phones[counter++ % crew.phones.length]?.record(checkin as Fact)
  return { team, n: round + 1 }
}

async function atRate(perSecond: number, forMs: number): Promise<number[]> {
  const recorded: { mark: Mark; at: number }[] = []
  const started = performance.now()
  for (let due = 0; performance.now() - started < forMs; ) {
    for (; due <= ((performance.now() - started) / 1000) * perSecond; due++) {
      recorded.push({ at: performance.now(), mark: recordNext() })
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(crew.phones.map((phone) => phone.emptied()))
  await seen.until(recorded.map(({ mark }) => mark))
  return recorded.map(({ mark, at }) => (seen.at(mark) ?? Number.NaN) - at)
}

await atRate(50, 3000) // everything warm
const latencies = await atRate(50, latencySeconds * 1000)
const ms = (value: number) => value.toFixed(0)
process.stdout.write(
  `fact → card at 50 facts/s from 10 phones, gateway on: p50 ${ms(percentile(latencies, 0.5))} ms, p95 ${ms(percentile(latencies, 0.95))} ms, worst ${ms(Math.max(...latencies))} ms (goal p95 ≤ ${it.isEmbedded ? 250 : 500} ms)\n`,
)

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
    const marks = Array.from({ length: 100 }, recordNext)
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

async function bareBulk(count: number): Promise<number> {
  const bareMaker = factMaker('0')
  const bareFact = () => ({ ...bareMaker.scanned('1', Date.now()), event: it.event }) as unknown as CouchDoc
  const batches = Array.from({ length: count / 100 }, () => Array.from({ length: 100 }, bareFact))
  const database = await it.emptyDatabase()
  const started = performance.now()
  for (const batch of batches) await database.bulk(batch)
  return count / ((performance.now() - started) / 1000)
}
