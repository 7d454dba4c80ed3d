import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { databaseName } from '../../../design-docs/databases.ts'
import type { Fact } from '../../../design-docs/facts.ts'
import type { Couch } from '../../../sync-server/couch/client.ts'
import { mountDoors } from '../../../sync-server/gateway/mount-doors.ts'
import { folderStorage } from '../../../sync-server/images/folder-storage.ts'
import type { GuardedEnv } from '../../../sync-server/login/guard.ts'
import { openInstallation } from '../../../sync-server/login/installation.ts'
import { createInvitation } from '../../../sync-server/login/invitations.ts'

/** `at` (of `performance.now()`) is set when the fact leaves the phone. */
export type Leaving = { at: number }
export type BenchPhone = {
  /** Puts a fact into the outbox, under this phone's name, and sees to it that it is delivered. */
  record(fact: Fact): Leaving
  /** Resolves when nothing is left to deliver. */
  emptied(): Promise<void>
}

/**
 * Staff phones before the real doors, on a socket. Each delivers as the app does, one push at a time, asking before and
 * after which ids the server lacks; and no sooner than `gatherMs` after the last began, as phones that come back from
 * where there was no signal bring several facts at once. They are numbered from `first`.
 */
export async function openBenchPhones(
  couch: Couch,
  event: string,
  { count, gatherMs, first = 0 }: { count: number; gatherMs: number; first?: number },
) {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-bench-phones-'))
  const it = await openInstallation({ couch, keysFolder: join(folder, 'keys') })
  const app = new Hono<GuardedEnv>()
  mountDoors(app, { it, storage: folderStorage({ folder: join(folder, 'files') }), allowedOrigins: [] })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function signIn(n: number): Promise<BenchPhone> {
    const ttl = { teams: [], ttlMinutes: 60, by: 'server' as const }
    const { token } = await createInvitation(it, { event, role: 'staff', name: `Staff ${n}`, ...ttl })
    const device = { id: `benchphone${n}`, name: `Phone ${n}`, app: 'staff', version: '1' }
    const answer = await post(`${base}/api/login/invitation`, { token, device })
    const { session, accessToken, generation } = answer as SignedIn
    const log = `${base}/db/${generation}/${databaseName(event, 'log')}`
    const claim = { event, device: session.device, by: session.account, as: 'staff' as const }
    const ask = (path: string, body: unknown) => post(log + path, body, { authorization: `Bearer ${accessToken}` })
    return phone(ask, { claim, gatherMs, firstMs: ((n - first) / count) * gatherMs })
  }

  return {
    phones: await Promise.all(Array.from({ length: count }, (_, n) => signIn(first + n))),
    async close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type SignedIn = { session: { account: string; device: string }; accessToken: string; generation: string }
type Sent = Fact & { _rev: string; _revisions: { start: 1; ids: string[] } }

type Manner = { claim: Partial<Fact>; gatherMs: number; firstMs: number }

function phone(
  ask: (path: string, body: unknown) => Promise<unknown>,
  { claim, gatherMs, firstMs }: Manner,
): BenchPhone {
  const outbox: { doc: Sent; leaving: Leaving }[] = []
  let nextAt = performance.now() + firstMs
  let delivering: Promise<void> | null = null

  async function deliver(): Promise<void> {
    while (outbox.length > 0) {
      await pause(Math.max(nextAt - performance.now(), 0))
      nextAt = performance.now() + gatherMs
      const leaving = outbox.splice(0)
      for (const one of leaving) one.leaving.at = performance.now()
      const docs = leaving.map(({ doc }) => doc)
      const revisions = Object.fromEntries(docs.map(({ _id, _rev }) => [_id, [_rev]]))
      await ask('/_revs_diff', revisions)
      const refused = (await ask('/_bulk_docs', { new_edits: false, docs })) as unknown[]
      const lacking = await ask('/_revs_diff', revisions)
      if (refused.length > 0 || Object.keys(lacking as object).length > 0) {
        throw new Error(`not all was taken in: ${JSON.stringify({ refused, lacking }).slice(0, 300)}`)
      }
    }
    delivering = null
  }

  return {
    record(fact) {
      const own = { ...fact, ...claim } as Fact
      const hash = createHash('md5').update(own._id).digest('hex')
      const doc: Sent = { ...own, _rev: `1-${hash}`, _revisions: { start: 1, ids: [hash] } }
      const leaving = { at: Number.NaN }
      outbox.push({ doc, leaving })
      delivering ??= deliver()
      return leaving
    },
    async emptied() {
      await delivering
    },
  }
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
  const response = await fetch(url, { ...init, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return await response.json()
}
