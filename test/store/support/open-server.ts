import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Role } from '../../../design-docs/primitives.ts'
import type { Couch } from '../../../sync-server/couch/client.ts'
import { ensureDatabase } from '../../../sync-server/couch/ensure-database.ts'
import { mountDoors } from '../../../sync-server/gateway/mount-doors.ts'
import { folderStorage } from '../../../sync-server/images/folder-storage.ts'
import type { Storage } from '../../../sync-server/images/storage.ts'
import type { GuardedEnv } from '../../../sync-server/login/guard.ts'
import { type Installation, openInstallation } from '../../../sync-server/login/installation.ts'
import { createInvitation } from '../../../sync-server/login/invitations.ts'
import { copyCouchApart, openCouchApart } from '../../support/open-couch-apart.ts'

/** The server's real doors over a real database, on a port of their own; without the functions. */
export type TestServer = {
  url(): string
  it(): Installation
  couch(): Couch
  storage: Storage
  keysFolder: string
  event: string
  clock: { now: number }
  invite(
    role: Exclude<Role, 'server'>,
    options?: { teams?: string[]; account?: string; name?: string },
  ): Promise<string>
  /** The bytes of a photo that the server gave its receipt for, or null. */
  original(photo: string): Promise<Buffer | null>
  /** Writes into a database as the functions would. */
  write(kind: 'board' | 'roster' | 'gate' | 'figures', docs: readonly { _id: string }[]): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  /** A copy of everything in the data folder; the server is stopped meanwhile. */
  copy(): Promise<string>
  /** Puts such a copy in the place of the data, generation id and all. */
  restore(copy: string): Promise<void>
  close(): Promise<void>
}

/** Served beside the doors, so that a page can live at the same origin. */
export type ServedFile = { type: string; body: string }

export async function openServer(
  options: { event?: string; files?: Record<string, ServedFile>; photosPerHour?: number } = {},
): Promise<TestServer> {
  const event = options.event ?? 'demo'
  const root = await mkdtemp(join(tmpdir(), 'zekken-store-'))
  const data = join(root, 'data')
  // The database checks tokens by the machine's own clock, so the doors' clock stands close to it.
  const clock = { now: Date.now() }
  const storage = folderStorage({ folder: join(data, 'files'), synced: false })
  const teamDatabases = new Set<string>()
  let copies = 0
  let running: { it: Installation; couch: Couch; url: string; stop(): Promise<void>; drop(): Promise<void> } | null =
    null
  let port = 0

  const start = async () => {
    const { couch, close, drop } = await openCouchApart(data)
    const it = await openInstallation({ couch, keysFolder: join(data, 'keys'), now: () => clock.now, warn: () => {} })
    for (const kind of ['log', 'desk', 'board', 'roster', 'gate', 'figures'] as const)
      await ensureDatabase(couch, event, kind)
    for (const team of teamDatabases) await ensureDatabase(couch, event, 'team', team)
    const app = new Hono<GuardedEnv>()
    for (const [path, { type, body }] of Object.entries(options.files ?? {})) {
      app.get(path, (c) => c.body(body, 200, { 'content-type': type }))
    }
    mountDoors(app, { it, storage, allowedOrigins: [], photosPerHour: options.photosPerHour })
    const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
      const made = serve({ fetch: app.fetch, port, hostname: '127.0.0.1', createServer }, () => resolve(made))
    })
    port = (server.address() as AddressInfo).port
    running = {
      it,
      couch,
      drop,
      url: `http://127.0.0.1:${port}`,
      async stop() {
        await new Promise((resolve) => {
          server.close(resolve)
          if ('closeAllConnections' in server) server.closeAllConnections()
        })
        await close()
      },
    }
  }
  const live = () => {
    if (!running) throw new Error('the server is stopped')
    return running
  }
  const stop = async () => {
    const was = running
    running = null
    await was?.stop()
  }
  await start()

  return {
    url: () => running?.url ?? `http://127.0.0.1:${port}`,
    it: () => live().it,
    couch: () => live().couch,
    storage,
    keysFolder: join(data, 'keys'),
    event,
    clock,
    async invite(role, { teams = [], account, name = 'Hanako' } = {}) {
      for (const team of teams) {
        teamDatabases.add(team)
        await ensureDatabase(live().couch, event, 'team', team)
      }
      const draft = { event, role, teams, name, ttlMinutes: 60, by: 'server', ...(account && { account }) }
      return (await createInvitation(live().it, draft)).token
    },
    async original(photo) {
      const fact = await live().couch.database(`zk-${event}-log`).get(photo.replace(':photo:', ':original:'))
      const bytes = fact && (await storage.get(String(fact.storageKey)))
      return bytes && Buffer.from(bytes)
    },
    async write(kind, docs) {
      const database = live().couch.database(`zk-${event}-${kind}`)
      for (const doc of docs) {
        const known = await database.get(doc._id)
        await database.put({ ...doc, ...(known && { _rev: known._rev }) })
      }
    },
    stop,
    start,
    async copy() {
      await stop()
      const to = join(root, `copy${++copies}`)
      await cp(data, to, { recursive: true })
      await copyCouchApart(data, to)
      await start()
      return to
    },
    async restore(copy) {
      await stop()
      await rm(data, { recursive: true })
      await cp(copy, data, { recursive: true })
      await copyCouchApart(copy, data)
      await start()
    },
    async close() {
      await running?.drop()
      await stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}
