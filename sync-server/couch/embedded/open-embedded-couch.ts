import { mkdir } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import type { JWK } from 'jose'
import { couchApp } from './routing/couch-app.ts'
import { jsonAnswer } from './routing/json-answer.ts'
import { databaseUpdates } from './server/database-updates.ts'
import { replicator } from './server/replicate.ts'
import { serverRoutes } from './server/server-routes.ts'
import { type CompactionLimits, compactor, defaultLimits } from './storage/compactor.ts'
import { databaseList } from './storage/database-list.ts'
import { levelOpener } from './storage/level-opener.ts'
import { openRegistry } from './storage/registry.ts'
import { storePool } from './storage/store-pool.ts'

export type EmbeddedCouchOptions = {
  dir: string
  /** Passwords of server admins by name. */
  admins: Record<string, string>
  /** Public keys of tokens by `kid`; others may come through PUT /_node/_local/_config/jwt_keys/ec:<kid>. */
  jwtKeys?: Record<string, string | JWK>
  /** `power`: an acknowledged write survives a power cut; `process`: only the end of the process. */
  durability: 'power' | 'process'
  /** Databases whose files are open at once; others are opened when asked for. */
  maxOpenDatabases?: number
  /** A database unused for this long is closed. */
  idleMs?: number
  /** When old bodies are removed without being asked. */
  compaction?: CompactionLimits
  /** Everybody is a server admin. For protocol test suites only. */
  adminParty?: boolean
  /** Told of answers with a status of 500 and above. */
  onFailure?: (error: unknown) => void
}
export type Listening = { url: string; close(): Promise<void> }
/** Figures for operators; `reads` counts what feeds read, `unsynced` databases with writes that no sync covered yet. */
export type EmbeddedCouchFigures = {
  openDatabases: number
  followers: number
  reads: number
  syncs: number
  unsynced: number
}
export type EmbeddedCouch = {
  /** Answers a request without a socket. */
  fetch(request: Request): Promise<Response> | Response
  /** Port 0 takes a free one. */
  listen(port: number, host?: string): Promise<Listening>
  figures(): EmbeddedCouchFigures
  /** Ends feeds, waits for requests, closes the files. */
  close(): Promise<void>
}

/**
 * Opens a data folder as a server that speaks CouchDB's protocol. Left out: `_users` and cookies, `_replicator`
 * documents, `_local_docs`, show, list and update functions, partitions, clusters.
 */
export async function openEmbeddedCouch(options: EmbeddedCouchOptions): Promise<EmbeddedCouch> {
  const { dir, durability, admins, jwtKeys = {}, adminParty = false, onFailure = () => {} } = options
  const { maxOpenDatabases = 100, idleMs = 60_000 } = options
  await mkdir(dir, { recursive: true })
  const registry = await openRegistry(dir, durability)
  const opener = levelOpener(durability)
  const pool = storePool({ opener, maxOpen: maxOpenDatabases, idleMs })
  const updates = databaseUpdates(Date.now())
  const upkeep = compactor(options.compaction ?? defaultLimits, onFailure)
  const databases = databaseList({
    registry,
    pool,
    opener,
    openToAll: adminParty,
    onUpdate: updates.note,
    onChange: upkeep.consider,
  })
  const replication = replicator((request) => answer(request))
  const app = couchApp({
    registry,
    databases,
    compactor: upkeep,
    server: serverRoutes({ registry, databases, updates, replicator: replication }),
    signInOptions: {
      admins,
      adminParty,
      jwtKey: (kid) => (Object.hasOwn(jwtKeys, kid) ? jwtKeys[kid] : registry.config.get('jwt_keys')?.get(`ec:${kid}`)),
    },
    onFailure,
  })
  const inFlight = new Set<Promise<Response>>()
  let closing: Promise<void> | undefined

  function answer(request: Request): Promise<Response> {
    if (closing) return Promise.resolve(jsonAnswer({ error: 'service_unavailable', reason: 'stopping' }, 503))
    const response = Promise.resolve(app.fetch(request))
    inFlight.add(response)
    const done = () => inFlight.delete(response)
    response.then(done, done)
    return response
  }

  async function close(): Promise<void> {
    replication.stop()
    updates.end()
    for (const database of databases.all()) {
      database.ended = true
      database.changed()
    }
    await Promise.allSettled([...inFlight, upkeep.stop()])
    await pool.closeAll()
    await registry.close()
  }

  return {
    fetch: answer,
    figures: () => ({
      openDatabases: pool.openCount(),
      followers: sum(databases.all().map((database) => database.followers())),
      reads: sum(databases.all().map((database) => database.reads())),
      ...opener.figures(),
    }),
    listen: (port, host = '127.0.0.1') => listen(answer, port, host),
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** What is under way when the server stops has so long to be answered. */
const graceMs = 200

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

function listen(fetch: (request: Request) => Promise<Response>, port: number, host: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: host }, (address) => {
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
        close: () =>
          new Promise((closed, failed) => {
            server.close((error) => (error ? failed(error) : closed()))
            if ('closeIdleConnections' in server) server.closeIdleConnections()
            // A connection that has not asked anything yet counts as busy, and a feed stays open for long.
            const cut = () => 'closeAllConnections' in server && server.closeAllConnections()
            setTimeout(cut, graceMs).unref()
          }),
      })
    })
    server.once('error', reject)
  })
}
