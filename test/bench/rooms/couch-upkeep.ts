/** What the embedded database does beside answering: making many databases, and giving back the room of old bodies. */
import { type Couch, connectCouch } from '../../../sync-server/couch/client.ts'
import { ensureDatabase } from '../../../sync-server/couch/ensure-database.ts'
import { field, revOf } from '../../couch/support/ask.ts'
import { startEmbedded } from '../../couch/support/start-embedded.ts'
import { percentile, report } from '../report.ts'

type Server = Awaited<ReturnType<typeof startEmbedded>>
const teams = Number(process.env.TEAMS ?? 500)
const rewrites = Number(process.env.REWRITES ?? 2000)
/** What stays without compaction: as many bodies of 100 KB as the limit of revisions allows. */
const revisionsMb = 200 * 0.1

async function teamDatabasesPerSecond(couch: Couch): Promise<number> {
  const made: string[] = []
  const begun = performance.now()
  for (let team = 1; team <= teams; team++) made.push(await ensureDatabase(couch, 'bench', 'team', String(team)))
  const seconds = (performance.now() - begun) / 1000
  for (const name of made) await couch.drop(name)
  return teams / seconds
}

/** Megabytes at most, and milliseconds of each write, apart for those that met a compaction. */
async function rewriteAllDay({ ask }: Server) {
  await ask('PUT', '/day')
  await ask('PUT', '/day/_revs_limit', 200)
  const rankings = Array.from({ length: 20 }, (_, turn) =>
    Array.from({ length: 10_000 }, (_, n) => ((n + 1) * 48_271 * (turn + 1)) % 2_147_483_647),
  )
  const [alone, compacting]: number[][] = [[], []]
  let rev: string | undefined
  let mostMb = 0
  for (let n = 0; n < rewrites; n++) {
    const body = { rows: rankings[n % rankings.length], ...(rev === undefined ? {} : { _rev: rev }) }
    const begun = performance.now()
    rev = revOf(await ask('PUT', '/day/ranking', body))
    const tookMs = performance.now() - begun
    const { body: info } = await ask('GET', '/day')
    const times = field({ body: info }, 'compact_running') ? compacting : alone
    times?.push(tookMs)
    mostMb = Math.max(mostMb, (field({ body: info }, 'sizes') as { file: number }).file / 1e6)
  }
  return { mostMb, alone: alone ?? [], compacting: compacting ?? [] }
}

const server = await startEmbedded({ durability: 'power', maxOpenDatabases: 300 })
try {
  const { mostMb, alone, compacting } = await rewriteAllDay(server)
  report({
    name: `${rewrites} rewrites of 100 KB, room at most`,
    unit: 'MB',
    better: 'lower',
    ours: mostMb,
    baseline: revisionsMb,
    baselineName: '200 revisions',
  })
  report({
    name: 'write during a compaction, p95',
    unit: 'ms',
    better: 'lower',
    ours: percentile(compacting, 0.95),
    baseline: percentile(alone, 0.95),
    baselineName: 'without',
  })
  const real = process.env.COUCHDB_URL
  const relaxed = await startEmbedded({ durability: 'process', maxOpenDatabases: 300 })
  report({
    name: 'team databases made',
    unit: '/s',
    better: 'higher',
    ours: await teamDatabasesPerSecond(connectCouch(server.url, server.authorization)),
    baseline: await teamDatabasesPerSecond(connectCouch(real ?? relaxed.url, real ? undefined : relaxed.authorization)),
    baselineName: real ? 'CouchDB' : 'embedded, process',
  })
  await relaxed.stop()
} finally {
  await server.stop()
}
process.exit()
