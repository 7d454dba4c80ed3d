/**
 * A snapshot of the rankings of 5,000 teams, from the desk in memory to the database, and two of them compared; beside
 * writing a document of that size, which any way of keeping it costs.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseName } from '../../../design-docs/databases.ts'
import { ulid } from '../../../design-docs/ids.ts'
import { readSnapshot, takeSnapshot } from '../../../sync-server/rankings/snapshots.ts'
import { emptyView } from '../../../sync-server/results/desk-view.ts'
import { createEvent } from '../../../sync-server/setup/create-event.ts'
import { eventDoc } from '../../rules/make-facts.ts'
import { openCouchApart } from '../../support/open-couch-apart.ts'
import { percentile, report } from '../report.ts'
import { bigEvent } from '../support/big-event.ts'

const rounds = 10
const folder = await mkdtemp(join(tmpdir(), 'zekken-snapshots-'))
const { couch, close, drop } = await openCouchApart(folder)
try {
  const { _id, _rev, type, event: code, ...draft } = eventDoc()
  await createEvent(couch, draft, { now: Date.now })
  const big = bigEvent()
  const view = { ...emptyView(), ...big }
  const desk = couch.database(databaseName(code, 'desk'))
  const times = { ours: [] as number[], plain: [] as number[] }
  for (let n = 0; n < rounds; n++) {
    const nowMs = Date.now()
    const id = ulid(nowMs, new Uint8Array(10).fill(n))
    const wish = { by: 'admin', name: `snapshot ${n}`, occasion: 'hand', nowMs, ulid: id } as const
    times.ours.push(await timed(async () => void (await takeSnapshot(couch, view, wish))))
    const same = await readSnapshot(couch, code, id)
    const { _rev: _, ...rest } = same
    times.plain.push(await timed(async () => void (await desk.put({ ...rest, _id: `bench:${n}` }))))
  }
  report({
    name: `a snapshot of ${big.teamCount} teams, p95 of ${rounds}`,
    ours: percentile(times.ours, 0.95),
    baseline: percentile(times.plain, 0.95),
    baselineName: 'the finished document written',
    ...{ unit: 'ms', better: 'lower', goal: { value: 1000 } },
  })
} finally {
  await drop()
  await close()
  await rm(folder, { recursive: true, force: true })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
