/**
 * Decision → live ranking with 5,000 teams in one class: one at a time, and while 50 check-ins a second come in. The
 * mirrors are left out: `share` reads the same feed but is in nobody's way to `desk`.
 */
import type { Ranking } from '../../../design-docs/derived.ts'
import { rank } from '../../../functions/rank.ts'
import { settle } from '../../../functions/settle.ts'
import type { CouchDoc } from '../../../sync-server/couch/client.ts'
import { factMaker } from '../../rules/make-facts.ts'
import { percentile, report } from '../report.ts'
import { openBenchEvent } from '../support/open-bench-event.ts'

const teams = Array.from({ length: 5000 }, (_, n) => String(10_001 + n))
const rounds = 40
const it = await openBenchEvent({ teams, functions: [settle, rank] })
let decided = 0

/** Approves a check-in that nobody has approved yet and resolves once the ranking shows it. */
async function decide(): Promise<number> {
  const team = teams[(decided++ * 37) % teams.length] ?? ''
  const maker = factMaker(team)
  maker.entry()
  const checkin = maker.scanned('S1', Date.now())
  await it.log.put(plain(checkin))
  await until(team, (row) => row.checkins > 0)
  const started = performance.now()
  await it.log.put(plain(maker.review(checkin, 'APPROVED')))
  await until(team, (row) => row.confirmedCheckins > 0)
  return performance.now() - started
}

async function until(team: string, holds: (row: Ranking['rows'][number]) => boolean): Promise<void> {
  let { last_seq: since } = await it.desk.changes({ since: 'now' })
  let ranking = (await it.desk.get('ranking:a')) as unknown as Ranking | null
  for (;;) {
    const row = ranking?.rows.find((one) => one.team === team)
    if (row && holds(row)) return
    const page = await it.desk.changes({ since, includeDocs: true, waitMs: 5000 })
    since = page.last_seq
    ranking = (page.results.find(({ id }) => id === 'ranking:a')?.doc as unknown as Ranking | undefined) ?? ranking
  }
}

const plain = (fact: object) => fact as unknown as CouchDoc

async function measure(name: string): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await decide())
  report({
    name: `${name}: p50 ${percentile(times, 0.5).toFixed(0)} ms, p95`,
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
  const database = await it.emptyDatabase('heard')
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

await decide()
await measure('decision → ranking of 5,000 teams, quiet')
let n = 0
const crowd = setInterval(() => {
  const maker = factMaker(teams[(n++ * 13 + 5) % teams.length])
  for (let skip = 0; skip < 20; skip++) maker.entry()
  void it.log.put(plain(maker.scanned('1', Date.now())))
}, 20)
await measure('decision → ranking of 5,000 teams, 50 facts/s beside')
clearInterval(crowd)
await it.close()
