/**
 * A 5,000-team event with 100,000 check-ins as CSV, Excel and XML: the most memory that the process takes beyond the event
 * itself, which a server has in memory anyhow, while the file is written; beside all of the rows made first.
 */
import type { Card, Ranking, Verdict } from '../../../design-docs/derived.ts'
import { rank } from '../../../functions/rules/rank.ts'
import { makeExport } from '../../../sync-server/exports/make-export.ts'
import { resultSet } from '../../../sync-server/exports/result-set.ts'
import { sheets } from '../../../sync-server/exports/sheets.ts'
import { cardDoc } from '../../rules/make-cards.ts'
import { atMinute, checkpointDoc, eventDoc } from '../../rules/make-facts.ts'
import { report } from '../report.ts'

const [teamCount, visits] = [5000, 20]
const event = eventDoc()
const checkpoints = new Map(Array.from({ length: visits }, (_, n) => [String(n + 1), checkpointDoc(String(n + 1))]))

function visitOf(team: string, n: number): Verdict {
  const checkin = `${team}:checkin:${String(n).padStart(26, '0')}`
  return {
    ...{ _id: `verdict:${checkin}`, type: 'verdict', event: 'demo', team, checkin, checkpoint: String(n + 1) },
    ...{ at: atMinute(n * 8), status: 'AUTO_APPROVED', automatic: 'AUTO_APPROVED', reasons: ['ok'], figures: {} },
    ...{ distanceMeters: n, points: 10, counts: true, firstSeenAt: atMinute(n * 8 + 1), device: 'phone0001' },
    ...{ by: 'staff1', as: 'staff', method: 'qr' },
  }
}

const verdicts = new Map<string, Verdict>()
const cards = new Map<string, Card>()
for (let n = 0; n < teamCount; n++) {
  const team = String(10_001 + n)
  const own = Array.from({ length: visits }, (_, visit) => visitOf(team, visit))
  for (const one of own) verdicts.set(one.checkin, one)
  const rows = own.map(({ checkpoint, checkin, at, status, points, reasons, device, by }) => {
    return { checkpoint, checkin, at, status, points, reasons: [...reasons], device, by }
  })
  const members = ['一郎', '次郎', '三郎'].map((name, m) => ({ id: `m${m}`, name: `髙﨑 ${name}` }))
  const points = { provisional: visits * 10, net: visits * 10 }
  const done = { goalAt: atMinute(170) + n, lateMinutes: { a: 0 } }
  cards.set(team, cardDoc(team, { name: `チーム ${team}`, members, checkpoints: rows, points, ...done }))
}
const rankings = new Map<string, Ranking>([['a', rank('a', cards.values(), event)]])
const about = { asked: {}, language: 'ja', nowMs: atMinute(300), people: {} } as const
const set = resultSet({ event, checkpoints, cards, verdicts, rankings }, about)

const megabytes = () => process.memoryUsage().rss / 1e6
const none = () => Promise.reject(new Error('a table needs none'))
const wanted = {
  options: { encoding: 'utf-8', unwritable: 'refuse', each: 'team' },
  ...{ print: none, photos: none, certificate: none },
} as const

/** The most memory while the file is taken piece by piece, and how long that took. */
async function take(file: 'checkins.csv' | 'checkins.xlsx' | 'matrix.xlsx' | 'results.xml') {
  let most = megabytes()
  let bytes = 0
  const started = performance.now()
  for await (const piece of await makeExport(set, file, wanted)) {
    bytes += piece.length
    most = Math.max(most, megabytes())
  }
  return { most, bytes, ms: performance.now() - started }
}

const before = megabytes()
const taken = []
for (const file of ['checkins.csv', 'checkins.xlsx', 'matrix.xlsx', 'results.xml'] as const)
  taken.push({ file, ...(await take(file)) })

// The same as most programs do it, last, so that its memory counts for nobody else.
const started = performance.now()
const whole = [...sheets.checkins(set).rows].map((cells) => JSON.stringify(cells)).join('\n')
const baseline = { most: megabytes(), ms: performance.now() - started, bytes: whole.length }

for (const { file, most, bytes, ms } of taken) {
  const size = (bytes / 1e6).toFixed(1)
  const name = `${file} of ${teamCount} teams (${size} MB in ${(ms / 1000).toFixed(1)} s), most memory beyond the event’s ${before.toFixed(0)} MB`
  const common = { unit: 'MB', better: 'lower', goal: { value: 300 } } as const
  report({
    name,
    ours: most - before,
    baseline: baseline.most - before,
    baselineName: 'all rows made first',
    ...common,
  })
}
