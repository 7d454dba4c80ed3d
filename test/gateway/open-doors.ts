import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import type { DatabaseKind } from '../../design-docs/databases.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Fact, FactOf, FactType } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { Couch } from '../../sync-server/couch/client.ts'
import { ensureDatabase } from '../../sync-server/couch/ensure-database.ts'
import { mountDoors } from '../../sync-server/gateway/mount-doors.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import type { Storage } from '../../sync-server/images/storage.ts'
import type { GuardedEnv } from '../../sync-server/login/guard.ts'
import { type Installation, openInstallation } from '../../sync-server/login/installation.ts'
import { createInvitation } from '../../sync-server/login/invitations.ts'
import { openCouchApart } from '../support/open-couch-apart.ts'

export type Doors = {
  it: Installation
  app: Hono<GuardedEnv>
  couch: Couch
  event: string
  clock: { now: number }
  log: string
  storage: Storage
  signIn(role: Role, options?: { teams?: string[]; device?: string; event?: string }): Promise<Phone>
  databaseFor(kind: DatabaseKind, team?: string): Promise<string>
  close(): Promise<void>
}

/** Everything behind the doors for real: the embedded database or that of `COUCHDB_URL`, an event of its own, a clock that stands. */
export async function openDoors(): Promise<Doors> {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-doors-'))
  const { couch, close: closeCouch, drop } = await openCouchApart(folder)
  const clock = { now: Date.now() }
  const warnings: unknown[] = []
  const it = await openInstallation({
    couch,
    keysFolder: join(folder, 'keys'),
    now: () => clock.now,
    warn: (message, cause) => warnings.push([message, cause]),
  })
  const event = `t${randomBytes(6).toString('hex')}`
  const databaseFor = async (kind: DatabaseKind, team?: string) => {
    return await ensureDatabase(couch, event, kind, team)
  }
  const log = await databaseFor('log')
  const app = new Hono<GuardedEnv>()
  const storage = folderStorage({ folder: join(folder, 'storage') })
  mountDoors(app, { it, storage, allowedOrigins: ['https://friend.example'] })
  return {
    it,
    app,
    couch,
    event,
    clock,
    log,
    storage,
    databaseFor,
    async signIn(role, options = {}) {
      const wanted = options.event ?? event
      const { token } = await createInvitation(it, {
        event: wanted,
        role: role as Exclude<Role, 'server'>,
        teams: options.teams ?? [],
        name: 'Someone',
        ttlMinutes: 60,
        by: 'server',
      })
      const device = options.device ?? randomBytes(10).toString('hex')
      const draft = { id: device, name: 'Phone', app: 'staff', version: '1' }
      const answer = await app.request('/api/login/invitation', jsonRequest({ token, device: draft }))
      if (answer.status !== 200) throw new Error(await answer.text())
      return phoneOf(app, it, (await answer.json()) as SignedIn, cookieOf(answer))
    },
    async close() {
      await drop()
      await closeCouch()
      await rm(folder, { recursive: true })
    },
  }
}

export const jsonRequest = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
export const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? ''

export type SignedIn = {
  session: { account: string; name: string; event: string; role: Role; teams: string[]; device: string }
  accessToken: string
  expiresAt: number
  generation: string
}
export type Sent = Fact & { _rev: string }
export type Phone = SignedIn & {
  cookie: string
  bearer: Record<string, string>
  fetch(path: string, init?: RequestInit): Promise<Response>
  fact<T extends FactType>(type: T, saying?: Partial<FactOf<T>>): Sent
  push(docs: readonly unknown[], headers?: Record<string, string>): Promise<Response>
}

function phoneOf(app: Hono<GuardedEnv>, it: Installation, signedIn: SignedIn, cookie: string): Phone {
  const { session, accessToken, generation } = signedIn
  const bearer = { authorization: `Bearer ${accessToken}` }
  const phone: Phone = {
    ...signedIn,
    cookie,
    bearer,
    fetch: async (path, init = {}) => {
      const headers = new Headers(init.headers)
      headers.set('authorization', bearer.authorization)
      return await app.request(path, { ...init, headers })
    },
    fact(type, saying = {}) {
      const now = it.now()
      const team = 'team' in saying ? (saying.team as string | undefined) : '12'
      const subject = team ?? 'staff'
      const doc = {
        _id: factId(subject, type, ulid(now, randomBytes(10))),
        type,
        event: session.event,
        by: session.account,
        as: session.role,
        device: session.device,
        at: now,
        deviceAt: now,
        offsetMs: 0,
        measuredAt: now,
        bootId: 'boot1',
        monotonicMs: 1000,
        ...(team === undefined ? {} : { team }),
        ...bodies[type],
        ...saying,
      }
      return withRevision(doc as unknown as Fact)
    },
    push: (docs, headers = {}) =>
      phone.fetch(
        `/db/${generation}/${databaseName(session.event, 'log')}/_bulk_docs`,
        jsonRequest({ new_edits: false, docs }, headers),
      ),
  }
  return phone
}

export function withRevision(doc: Fact): Sent {
  const hash = createHash('md5').update(JSON.stringify(doc)).digest('hex')
  return { ...doc, _rev: `1-${hash}`, _revisions: { start: 1, ids: [hash] } } as unknown as Sent
}

const someFact = '12:checkin:01J8Z0000000000000000000A0'
const hash = 'a'.repeat(64)
/** The least each type has to say. */
const bodies: Record<FactType, object> = {
  checkin: { checkpoint: 'C1', method: 'qr', verified: true },
  photo: {
    purpose: 'checkin',
    takenAt: 1,
    sha256: hash,
    bytes: 1,
    width: 1,
    height: 1,
    contentType: 'image/jpeg',
    pieces: [hash],
    pieceBytes: 131_072,
  },
  original: { photo: someFact, storageKey: 'x' },
  arrival: { facts: [someFact], receivedAt: 1, server: 'x' },
  scan: { reason: 'unreadable' },
  reception: { arrived: [], feePaid: true },
  bind: { bib: '12', issue: 1, name: 'Team', classIds: ['a'], members: [] },
  retire: { reason: 'tired' },
  help: {},
  entry: { name: 'Team', classIds: ['a'], members: [], bibIssue: 1 },
  correction: { field: 'name', was: 'a', is: 'b' },
  void: { fact: someFact, reason: 'mistake' },
  review: { checkin: someFact, action: 'APPROVED' },
  adjustment: { points: 1, reason: 'found a wallet' },
  ruling: { status: 'withdrawn', reason: 'rain' },
  timing: { kind: 'start', is: 1, reason: 'late bus' },
  back: {},
  chat: { kind: 'text', text: 'Where are you?' },
  read: { messages: ['12:chat:01J8Z0000000000000000000A0'] },
  handling: { step: 'done' },
  collected: { palette: 'staff:photo:01J8Z0000000000000000000A0', verified: true },
  ask: { photo: '12:photo:01J8Z0000000000000000000A0', variant: 'large' },
  answer: { survey: 'thanks', answers: { good: 'yes' } },
  notice: { title: 'Rain', body: 'Take a coat.', audience: {}, publishAt: 0, urgent: false },
}

export { anyJpeg as jpeg } from '../support/any-jpeg.ts'
