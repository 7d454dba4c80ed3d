import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { databaseName } from '../../design-docs/databases.ts'
import type { Fact } from '../../design-docs/facts.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { functions } from '../../functions/index.ts'
import { exportRoutes } from '../../sync-server/exports/export-routes.ts'
import { startRunner } from '../../sync-server/feed/start-runner.ts'
import { mountDoors } from '../../sync-server/gateway/mount-doors.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import { issueAccessToken } from '../../sync-server/login/access-token.ts'
import { bibTextsOf } from '../../sync-server/login/bib-text.ts'
import type { GuardedEnv } from '../../sync-server/login/guard.ts'
import { openInstallation } from '../../sync-server/login/installation.ts'
import { bibKeys } from '../../sync-server/login/keys.ts'
import { paletteRoutes } from '../../sync-server/palettes/palette-routes.ts'
import { recolourRoutes } from '../../sync-server/palettes/recolour-routes.ts'
import { printing } from '../../sync-server/print/printing.ts'
import { consoleDeps } from '../../sync-server/results/console-deps.ts'
import { consoleRoutes } from '../../sync-server/results/console-routes.ts'
import { addCheckpoints, createEvent } from '../../sync-server/setup/create-event.ts'
import { registeredEvents } from '../../sync-server/setup/event-register.ts'
import { checkpointDocs, eventDoc } from '../rules/make-facts.ts'
import { openCouchApart } from '../support/open-couch-apart.ts'

export type Answer<T = unknown> = { status: number; body: T }
export type Console = Awaited<ReturnType<typeof openConsole>>

/** The console's API for real: embedded database or that of `COUCHDB_URL`, doors, functions, an event called `demo`; the clock can be set ahead. */
export async function openConsole(plan: { event?: EventDoc; checkpoints?: CheckpointDoc[] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-console-'))
  const { couch, close, drop } = await openCouchApart(folder)
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  const it = await openInstallation({ couch, keysFolder: join(folder, 'keys'), now, warn: () => {} })
  const { _id, _rev, type, event: _, ...draft } = plan.event ?? eventDoc()
  await createEvent(couch, draft, { now })
  await addCheckpoints(
    couch,
    'demo',
    (plan.checkpoints ?? checkpointDocs()).map(({ _id, _rev, type, event, ...one }) => one),
  )
  const quiet = { info() {}, warn() {}, error() {} }
  const storage = folderStorage({ folder: join(folder, 'files') })
  const runner = await startRunner({
    couch,
    functions,
    storage,
    events: async () => (await registeredEvents(couch)).map(({ code }) => code),
    bibKeys: async () => bibKeys(it.keys),
    bibTexts: (bib) => bibTextsOf(it.keys, bib),
    log: quiet,
  })
  const app = new Hono<GuardedEnv>()
  mountDoors(app, { it, storage, allowedOrigins: [] })
  const deps = { ...consoleDeps(it, async (_event, id) => (await runner.redrive(id)) > 0), heartbeatMs: 300 }
  const others = [
    exportRoutes({ ...deps, ...printing(), storage }),
    paletteRoutes({ it, storage }, deps.desks),
    recolourRoutes(it, deps.desks),
  ]
  app.route('/api', consoleRoutes(deps, others))

  const token = async (role: Role, account: string = role, ttlMs = 600_000) => {
    const subject = { account, device: `${account}device`, event: 'demo', role, teams: [], session: account }
    return (await issueAccessToken(it.keys, subject, { nowMs: now(), ttlMs })).accessToken
  }
  const caller = (role: Role, account: string = role) => ({
    async ask<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
      const raw = body instanceof Uint8Array
      const response = await app.request(`/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await token(role, account)}`,
          ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
        },
        ...(body === undefined ? {} : { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
      })
      const text = await response.text()
      const json = response.headers.get('content-type')?.includes('json')
      return { status: response.status, body: (json ? JSON.parse(text) : text) as T }
    },
  })
  return {
    app,
    installation: it,
    storage,
    drain: () => runner.drain(),
    replay: (name: string) => runner.replay(name),
    couch,
    clock,
    deps,
    token,
    caller,
    admin: caller('admin'),
    judge: caller('judge'),
    /** Puts facts into the log as the gateway would, and waits until every function has seen them. */
    async write(...facts: Fact[]) {
      await couch.database(databaseName('demo', 'log')).bulk(facts)
      await runner.drain()
    },
    /** Waits for the functions and until the console's view has taken in what they wrote. */
    async settled() {
      await runner.drain()
      const { update_seq: wanted } = await couch.database(databaseName('demo', 'desk')).info()
      const follower = await deps.desks.of('demo')
      const there = Promise.withResolvers<void>()
      const stop = follower.listen(() => follower.seq() === String(wanted) && there.resolve())
      if (follower.seq() === String(wanted)) there.resolve()
      await there.promise
      stop()
    },
    log: async () =>
      (await couch.database(databaseName('demo', 'log')).all({ includeDocs: true })).map(({ doc }) => doc),
    async close() {
      deps.desks.stop()
      await runner.stop()
      await drop()
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
