/**
 * Fact → card: latency at 50 facts/s over four stages (log, `settle`, `desk`, `share`, `roster`), and the highest rate
 * that is kept for a minute beside bare bulk writes into the same database. `FAST=1` shortens the second.
 */
import type { CouchDoc } from '../../../sync-server/couch/client.ts'
import { factMaker } from '../../rules/make-facts.ts'
import { percentile, report } from '../report.ts'
import { openBenchEvent } from '../support/open-bench-event.ts'
import type { Mark } from '../support/watch-roster.ts'

const teams = Array.from({ length: 200 }, (_, n) => String(1001 + n))
const seconds = process.env.FAST ? 10 : 60
const it = await openBenchEvent({ teams })
const makers = new Map(teams.map((team) => [team, factMaker(team)]))
let counter = 0

/** A check-in of the next team, unlike any before it. */
function nextCheckin(): { fact: CouchDoc; mark: Mark } {
  const round = Math.floor(counter / teams.length)
  const team = teams[counter++ % teams.length] ?? ''
  const made = makers.get(team)?.scanned(String((round % 5) + 1), Date.now())
  return { fact: { ...made } as unknown as CouchDoc, mark: { team, n: round + 1 } }
}

const seen = await it.watchRoster()

async function atRate(perSecond: number, forMs: number): Promise<number[]> {
  const written: { mark: Mark; at: number }[] = []
  const started = performance.now()
  let due = 0
  const writes: Promise<unknown>[] = []
  while (performance.now() - started < forMs) {
    for (; due <= ((performance.now() - started) / 1000) * perSecond; due++) {
      const { fact, mark } = nextCheckin()
      written.push({ mark, at: performance.now() })
      writes.push(it.log.put(fact))
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(writes)
  await seen.until(written.map(({ mark }) => mark))
  return written.map(({ mark, at }) => (seen.at(mark) ?? Number.NaN) - at)
}

await atRate(50, 3000) // everything warm
const latencies = await atRate(50, 20_000)
process.stdout.write(
  `fact → card at 50 facts/s: p50 ${percentile(latencies, 0.5).toFixed(0)} ms, p95 ${percentile(latencies, 0.95).toFixed(0)} ms, worst ${Math.max(...latencies).toFixed(0)} ms (goal p95 ≤ ${it.isEmbedded ? 250 : 500} ms)\n`,
)

const bare = await bareBulk(10_000)
const kept = await highestRate(seconds)
report({
  name: `facts/s kept for ${seconds} s`,
  ours: kept,
  baseline: bare,
  baselineName: 'bare bulk of the same facts',
  unit: 'facts/s',
  better: 'higher',
})
await seen.stop()
await it.close()

/** Facts in batches of 100, as phones bring them, and never more than 500 whose card is still to come. */
async function highestRate(forSeconds: number): Promise<number> {
  const started = performance.now()
  let done = 0
  const inFlight = new Set<Promise<void>>()
  while (performance.now() - started < forSeconds * 1000) {
    const batch = Array.from({ length: 100 }, nextCheckin)
    const work = it.log
      .bulk(batch.map(({ fact }) => fact))
      .then(() => seen.until(batch.map(({ mark }) => mark)))
      .then(() => {
        done += batch.length
        inFlight.delete(work)
      })
    inFlight.add(work)
    if (inFlight.size >= 5) await Promise.race(inFlight)
  }
  const rate = done / ((performance.now() - started) / 1000)
  await Promise.all(inFlight)
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
