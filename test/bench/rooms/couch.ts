/**
 * The embedded database against CouchDB at `COUCHDB_URL`, or, without one, against itself with DURABILITY=process.
 * Both are processes of their own, asked over HTTP.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import http from 'pouchdb-adapter-http'
import memory from 'pouchdb-adapter-memory'
import PouchDB from 'pouchdb-core'
import replication from 'pouchdb-replication'
import { type Ask, asking, basic, field } from '../../couch/support/ask.ts'
import { percentile, report } from '../report.ts'

PouchDB.plugin(memory).plugin(http).plugin(replication)

type Server = {
  name: string
  url: string
  authorization: string
  ask: Ask
  pid: number | undefined
  stop(): Promise<void>
}

const command = join(import.meta.dirname, '../../../sync-server/operations/couchdb.ts')
const text = 'x'.repeat(200)

async function startEmbedded(durability: 'power' | 'process'): Promise<Server> {
  const dir = await mkdtemp(join(tmpdir(), 'zekken-bench-'))
  const parameters = ['--port', '0', '--data', dir, '--admin', 'admin:admin', '--durability', durability]
  const child = spawn(process.execPath, [command, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve) => {
    child.stdout.on('data', (line: Buffer) => resolve(/http:\S+\d/.exec(String(line))?.[0] ?? ''))
  })
  const authorization = basic('admin', 'admin')
  return {
    name: `embedded, ${durability}`,
    url,
    authorization,
    ask: asking(url, { authorization }),
    pid: child.pid,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await gone
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function realCouch(address: string): Server {
  const { origin: url, username, password } = new URL(address)
  const authorization = basic(username, password)
  return {
    name: 'CouchDB',
    url,
    authorization,
    ask: asking(url, { authorization }),
    pid: undefined,
    stop: async () => {},
  }
}

async function inDatabase<T>({ ask }: Server, work: (name: string) => Promise<T>): Promise<T> {
  const name = `bench-${Date.now()}`
  await ask('PUT', `/${name}?q=1`)
  try {
    return await work(name)
  } finally {
    await ask('DELETE', `/${name}`)
  }
}

const secondsOf = async (work: () => Promise<unknown>) => {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

const bulkRate = (server: Server) =>
  inDatabase(server, async (name) => {
    const seconds = await secondsOf(async () => {
      for (let round = 0; round < 20; round++) {
        const docs = Array.from({ length: 500 }, (_, n) => ({ _id: `${round}-${n}`, n, text }))
        await server.ask('POST', `/${name}/_bulk_docs`, { docs })
      }
    })
    return 10_000 / seconds
  })

const putRate = (server: Server, inFlight: number) =>
  inDatabase(server, async (name) => {
    let written = 0
    const end = performance.now() + 4000
    const writer = async (_: unknown, at: number) => {
      while (performance.now() < end) {
        await server.ask('PUT', `/${name}/${at}-${written++}`, { text })
      }
    }
    await Promise.all(Array.from({ length: inFlight }, writer))
    return written / 4
  })

/** Seconds to push and to pull 1,000 documents, 200 of them with 200 KB attached, by PouchDB. */
const travel = (server: Server) =>
  inDatabase(server, async (name) => {
    const remote = new PouchDB(`${server.url}/${name}`, {
      skip_setup: true,
      auth: { username: 'admin', password: 'admin' },
    } as PouchDB.Configuration.DatabaseConfiguration)
    const phone = new PouchDB(`phone-${Date.now()}`, { adapter: 'memory' })
    const other = new PouchDB(`other-${Date.now()}`, { adapter: 'memory' })
    const data = Buffer.alloc(200_000, 7).toString('base64')
    const docs = Array.from({ length: 1000 }, (_, n) => ({
      _id: `d${n}`,
      text,
      ...(n % 5 === 0 ? { _attachments: { p: { content_type: 'image/jpeg', data } } } : {}),
    }))
    await phone.bulkDocs(docs)
    const push = await secondsOf(async () => await phone.replicate.to(remote))
    const pull = await secondsOf(async () => await other.replicate.from(remote))
    await Promise.all([phone.destroy(), other.destroy()])
    return { push, pull }
  })

/** Milliseconds until each of 100 waiting feeds has heard of a change. */
const feeds = (server: Server) =>
  inDatabase(server, async (name) => {
    const times: number[] = []
    for (let round = 0; round < 5; round++) {
      const { body } = await server.ask('GET', `/${name}`)
      const since = encodeURIComponent(String((body as { update_seq: unknown }).update_seq))
      let begun = 0
      const waiting = Array.from({ length: 100 }, async () => {
        await server.ask('GET', `/${name}/_changes?feed=longpoll&since=${since}&include_docs=true`)
        times.push(performance.now() - begun)
      })
      await server.ask('GET', `/${name}`)
      await new Promise((resolve) => setTimeout(resolve, 300))
      begun = performance.now()
      await server.ask('PUT', `/${name}/n${round}`, { text })
      await Promise.all(waiting)
    }
    return times
  })

/** 1,000 databases of 10 documents: megabytes at the peak, and milliseconds of one read in any of them. */
async function manyDatabases(server: Server): Promise<{ peakMb: number; handles: number; reads: number[] }> {
  const names = Array.from({ length: 1000 }, (_, n) => `many-${n}`)
  const docs = Array.from({ length: 10 }, (_, n) => ({ _id: `d${n}`, text }))
  for (const name of names) {
    await server.ask('PUT', `/${name}`)
    await server.ask('POST', `/${name}/_bulk_docs`, { docs })
  }
  const reads: number[] = []
  for (let n = 0; n < 2000; n++) {
    const name = names[(n * 617) % names.length]
    const begun = performance.now()
    const answer = await server.ask('GET', `/${name}/d3`)
    if (field(answer, '_id') !== 'd3') throw new Error(`${name} does not answer: ${answer.text}`)
    reads.push(performance.now() - begun)
  }
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
  const handles = (await readdir(`/proc/${server.pid}/fd`)).length
  return { peakMb: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024, handles, reads }
}

const real = process.env.COUCHDB_URL
const ours = await startEmbedded('power')
const other = real === undefined ? await startEmbedded('process') : realCouch(real)
try {
  const compare = (name: string, unit: string, better: 'higher' | 'lower', values: [number, number]) =>
    report({ name, unit, better, ours: values[0], baseline: values[1], baselineName: other.name })
  compare('bulk insert', 'docs/s', 'higher', [await bulkRate(ours), await bulkRate(other)])
  for (const inFlight of [1, 16]) {
    const rates: [number, number] = [await putRate(ours, inFlight), await putRate(other, inFlight)]
    compare(`PUT, ${inFlight} in flight`, 'docs/s', 'higher', rates)
  }
  const [mine, theirs] = [await travel(ours), await travel(other)]
  compare('push of 1,000 documents and 40 MB', 's', 'lower', [mine.push, theirs.push])
  compare('pull of the same', 's', 'lower', [mine.pull, theirs.pull])
  const [here, there] = [await feeds(ours), await feeds(other)]
  for (const share of [0.5, 0.95]) {
    compare(`100 feeds, p${share * 100}`, 'ms', 'lower', [percentile(here, share), percentile(there, share)])
  }
  const many = await manyDatabases(ours)
  const baseline = { baseline: 600, baselineName: 'limit', better: 'lower' as const, goal: { value: 600 } }
  report({ name: '1,000 databases, peak memory', unit: 'MB', ours: many.peakMb, ...baseline })
  process.stdout.write(
    `1,000 databases: ${many.handles} file handles, read p50 ${percentile(many.reads, 0.5).toFixed(1)} ms, p99 ${percentile(many.reads, 0.99).toFixed(1)} ms\n`,
  )
} finally {
  await ours.stop()
  await other.stop()
}
process.exit()
