/**
 * A 5,000-team event with 100,000 check-ins as every file that is not drawn, and 2 GB of photos as ZIP: the most memory that
 * the whole process takes, the event included, while the file is written, each in a process of its own; beside all of the rows made first.
 */
import { spawnSync } from 'node:child_process'
import { setImmediate } from 'node:timers/promises'
import { type ExportFile, exportNames } from '../../../design-docs/export-files.ts'
import { makeExport } from '../../../sync-server/exports/make-export.ts'
import type { PhotoSource } from '../../../sync-server/exports/photos-zip.ts'
import { resultSet } from '../../../sync-server/exports/result-set.ts'
import { sheets } from '../../../sync-server/exports/sheets.ts'
import { atMinute } from '../../rules/make-facts.ts'
import { report } from '../report.ts'
import { bigEvent } from '../support/big-event.ts'

const big = bigEvent()
const about = { asked: {}, language: 'ja', nowMs: atMinute(300), people: {} } as const
const set = resultSet(big, about)

const megabytes = () => process.memoryUsage().rss / 1e6
/** A photo of 2 MB for each of the first thousand check-ins, made where it would be read. */
const photos: PhotoSource = {
  images: [...big.verdicts.values()].slice(0, 1000).map(({ checkin, team, at }) => {
    const photo = checkin.replace(':checkin:', ':photo:')
    const made = { version: 1, purpose: 'checkin', takenAt: at, sizes: {} } as const
    return { _id: `image:${photo}`, type: 'image', event: 'demo', photo, team, checkin, ...made }
  }),
  verdicts: big.verdicts,
  originalsOf: async (team) =>
    new Map(Array.from({ length: 20 }, (_, n) => [`${team}:photo:${String(n).padStart(26, '0')}`, 'key'])),
  storage: {
    async get() {
      await setImmediate()
      const bytes = Buffer.alloc(2_000_000, 7)
      bytes.set([0xff, 0xd8, 0xff])
      return bytes
    },
  },
}
const none = () => Promise.reject(new Error('a table needs none'))
const wanted = {
  options: { encoding: 'utf-8', unwritable: 'refuse', each: 'team' },
  ...{ print: none, photos: async () => photos, certificate: none },
} as const

type Taken = { most: number; bytes: number; ms: number }

/** The most memory while the file is taken piece by piece, and how long that took. */
async function take(file: ExportFile): Promise<Taken> {
  let most = megabytes()
  let bytes = 0
  const started = performance.now()
  for await (const piece of await makeExport(set, file, wanted)) {
    bytes += piece.length
    most = Math.max(most, megabytes())
  }
  return { most, bytes, ms: performance.now() - started }
}

/** One file in a process of its own: what others left uncollected is not its memory. */
function takeApart(file: ExportFile): Taken {
  const { stdout } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, file], {
    encoding: 'utf8',
  })
  return JSON.parse(stdout) as Taken
}

const asked = exportNames.find((name) => name === process.argv[2])
if (asked) process.stdout.write(JSON.stringify(await take(asked)))
else compare()

function compare(): void {
  const before = megabytes()
  const taken = exportNames.filter((name) => !/\.(?:pdf|zip)$/.test(name)).map((file) => ({ file, ...takeApart(file) }))
  const zip = takeApart('photos.zip')
  // The same as most programs do it.
  const whole = [...sheets.checkins(set).rows].map((cells) => JSON.stringify(cells)).join('\n')
  const baseline = whole.length > 0 ? megabytes() : 0
  for (const { file, most, bytes, ms } of taken) {
    const size = `${(bytes / 1e6).toFixed(1)} MB in ${(ms / 1000).toFixed(1)} s`
    report({
      name: `${file} of ${big.teamCount} teams (${size}), most memory, of which ${before.toFixed(0)} MB before`,
      ours: most,
      baseline,
      baselineName: 'all rows of the check-ins made first',
      ...{ unit: 'MB', better: 'lower', goal: { value: 300 } },
    })
  }
  // Read at full speed, what was sent is garbage faster than it is collected; it does not grow with the photos.
  report({
    name: `photos.zip (${(zip.bytes / 1e6).toFixed(0)} MB in ${(zip.ms / 1000).toFixed(1)} s), most memory`,
    ours: zip.most,
    baseline: zip.bytes / 1e6,
    baselineName: 'its photos at once',
    ...{ unit: 'MB', better: 'lower' },
  })
}
