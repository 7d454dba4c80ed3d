/**
 * A 5,000-team event with 100,000 check-ins as CSV, Excel and XML: the most memory that the whole process takes, the event
 * included, while the file is written; beside all of the rows made first.
 */
import { makeExport } from '../../../sync-server/exports/make-export.ts'
import { resultSet } from '../../../sync-server/exports/result-set.ts'
import { sheets } from '../../../sync-server/exports/sheets.ts'
import { atMinute } from '../../rules/make-facts.ts'
import { report } from '../report.ts'
import { bigEvent } from '../support/big-event.ts'

const big = bigEvent()
const about = { asked: {}, language: 'ja', nowMs: atMinute(300), people: {} } as const
const set = resultSet(big, about)

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
  const size = `${(bytes / 1e6).toFixed(1)} MB in ${(ms / 1000).toFixed(1)} s`
  report({
    name: `${file} of ${big.teamCount} teams (${size}), most memory, of which ${before.toFixed(0)} MB before`,
    ours: most,
    baseline: baseline.most,
    baselineName: 'all rows made first',
    ...{ unit: 'MB', better: 'lower', goal: { value: 300 } },
  })
}
