import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { databaseName } from '../../design-docs/databases.ts'
import { defaultMasks, menuBits } from '../../design-docs/menus.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { SurveyDoc } from '../../design-docs/surveys.ts'
import type { FunctionSpec } from '../../functions/define.ts'
import { type Couch, connectCouch } from '../../sync-server/couch/client.ts'
import { type EmbeddedCouchOptions, openEmbeddedCouch } from '../../sync-server/couch/embedded/open-embedded-couch.ts'
import { type Runner, startRunner } from '../../sync-server/feed/start-runner.ts'
import { mountDoors } from '../../sync-server/gateway/mount-doors.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import type { Storage } from '../../sync-server/images/storage.ts'
import { bibTextsOf } from '../../sync-server/login/bib-text.ts'
import type { GuardedEnv } from '../../sync-server/login/guard.ts'
import { type Installation, openInstallation } from '../../sync-server/login/installation.ts'
import { createInvitation } from '../../sync-server/login/invitations.ts'
import { bibKeys } from '../../sync-server/login/keys.ts'
import { addTeams } from '../../sync-server/setup/add-teams.ts'
import { addCheckpoints, createEvent } from '../../sync-server/setup/create-event.ts'
import { type CuttableCouch, cuttable, type Write } from '../feed/support/cuttable-couch.ts'
import { type ManualClock, manualClock } from '../feed/support/manual-clock.ts'
import { checkpointDocs, eventDoc } from '../rules/make-facts.ts'
import { type FuzzOffice, fuzzOffice } from './fuzz-office.ts'
import { losePower, restsOnDisk, watchSyncs } from './power.ts'
import { fail } from './same.ts'

export const event = 'fuzz'
export const survey = 'thanks'
export const teams = ['1', '2', '3', '4', '5']
export const checkpoints = ['1', '2', '3', '4', '5', 'S1']

/** The whole server in this process without a socket: database, doors, functions; on a clock that the fuzz turns. */
export type FuzzServer = {
  clock: ManualClock
  couch(): Couch
  send(url: string, init: RequestInit): Promise<Response>
  runner(): Runner
  drain(): Promise<void>
  invite(role: Exclude<Role, 'server'>, options: { account: string; teams: string[] }): Promise<string>
  /** Ends without finishing anything, as a killed process does, and starts again. */
  crash(): Promise<void>
  /**
   * Ends as in a crash, and what was not yet on disk is gone. Of these facts, which phones were told are safe, all that
   * were there must still be there.
   */
  cutPower(acknowledged: ReadonlySet<string>): Promise<void>
  /** Does the work and drains, and crashes at the write that fits, before or after it takes effect; at the end otherwise. */
  crashAt(strike: Strike, work: () => Promise<unknown>): Promise<void>
  storage: Storage
  office: FuzzOffice
  /** A copy of the data while nothing runs. */
  copy(): Promise<void>
  /** Puts the last copy, generation id and all, in the place of the data; false when there is none. */
  restore(): Promise<boolean>
  close(): Promise<void>
}

const mostWaitMs = 500

/** A write of the runner at which its process ends. */
export type Strike = { fits(write: Write): boolean; when: 'before' | 'after' }

/** How a mutant bends the server. */
export type ServerBend = {
  functions: readonly FunctionSpec[]
  couch?(couch: CuttableCouch): Couch
  durability?: EmbeddedCouchOptions['durability']
}

export const newRoot = () => mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'zekken-fuzz-'))

export async function openFuzzServer(bend: ServerBend, given?: string): Promise<FuzzServer> {
  await watchSyncs()
  const root = given ?? (await newRoot())
  const data = join(root, 'data')
  const copied = join(root, 'copy')
  const clock = manualClock(Date.now())
  const storage = folderStorage({ folder: join(data, 'files'), synced: false })
  const inFlight = new Set<Promise<unknown>>()
  let running: Awaited<ReturnType<typeof start>> | null = null

  const start = async () => {
    const embedded = await openEmbeddedCouch({
      dir: join(data, 'couch'),
      admins: { server: 'x' },
      durability: bend.durability ?? 'power',
    })
    const inProcess = (async (input: string | URL | Request, init?: RequestInit) =>
      embedded.fetch(new Request(input, init))) as typeof fetch
    const couch = connectCouch('http://server:x@couch', undefined, inProcess)
    const it = await openInstallation({ couch, keysFolder: join(data, 'keys'), now: clock.now, warn: () => {} })
    if (!(await couch.exists(databaseName(event, 'desk')))) await makeEvent(couch, clock.now)
    const app = new Hono<GuardedEnv>()
    mountDoors(app, { it, storage, allowedOrigins: [], publicUrl: 'http://fuzz' })
    const link = cuttable(couch)
    const runner = await startRunner({
      couch: bend.couch?.(link) ?? link,
      functions: bend.functions,
      events: async () => [event],
      storage,
      bibKeys: async () => bibKeys(it.keys),
      bibTexts: (bib) => bibTextsOf(it.keys, bib),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      clock,
    })
    const died = Promise.withResolvers<never>()
    died.promise.catch(() => {})
    return {
      it,
      couch,
      died,
      link,
      runner,
      app,
      async end() {
        link.cut()
        await runner.stop()
        await embedded.close()
      },
    }
  }
  const live = () => {
    if (!running) throw new Error('the server is stopped')
    return running
  }
  const whileStopped = async (work: () => Promise<void>) => {
    const was = running
    running = null
    await was?.end()
    was?.died.reject(new TypeError('fetch failed: the server died'))
    // What a request had begun must not go on behind the back of the next process; one that waits for a database that
    // is closed waits for ever, and harms nobody.
    const waiting = new Promise((resolve) => setTimeout(resolve, mostWaitMs))
    await Promise.race([Promise.allSettled(inFlight), waiting])
    inFlight.clear()
    await work()
    running = await start()
  }
  running = await start()

  return {
    clock,
    couch: () => live().couch,
    runner: () => live().runner,
    drain: () => live().runner.drain(),
    async send(url, init) {
      if (!running) throw new TypeError('fetch failed: no server')
      const answer = Promise.resolve(running.app.fetch(new Request(url, init)))
      inFlight.add(answer)
      const answered = answer.finally(() => inFlight.delete(answer))
      return await Promise.race([answered, running.died.promise])
    },
    async invite(role, options) {
      const it: Installation = live().it
      const draft = { event, role, name: options.account, ttlMinutes: 60, by: 'server', ...options }
      return (await createInvitation(it, draft)).token
    },
    crash: () => whileStopped(async () => {}),
    async cutPower(acknowledged) {
      const idsThere = async () => (await live().couch.database(databaseName(event, 'log')).all()).map(({ id }) => id)
      const before = (await idsThere()).filter((id) => acknowledged.has(id))
      await whileStopped(async () => losePower(join(data, 'couch')))
      const after = new Set(await idsThere())
      for (const id of before) if (!after.has(id)) fail(`lost with the power: ${id}`)
    },
    async crashAt({ fits, when }, work) {
      const { link, runner } = live()
      link.cutAt(fits, when)
      await work()
      // A worker that waits for the clock to go on is not waited for: the clock stands until the next act.
      const waited = new Promise((resolve) => setTimeout(resolve, mostWaitMs))
      await Promise.race([link.whenCut(), runner.drain().catch(() => undefined), waited])
      await whileStopped(async () => {})
    },
    storage,
    office: fuzzOffice({ event, couch: () => live().couch, storage, now: clock.now }),
    copy: () =>
      whileStopped(async () => {
        await rm(copied, { recursive: true, force: true })
        await cp(data, copied, { recursive: true })
      }),
    async restore() {
      if (!existsSync(copied)) return false
      await whileStopped(async () => {
        await rm(data, { recursive: true })
        await cp(copied, data, { recursive: true })
        restsOnDisk(join(data, 'couch'))
      })
      return true
    },
    async close() {
      await running?.end()
      if (!given) await rm(root, { recursive: true, force: true })
    },
  }
}

async function makeEvent(couch: Couch, now: () => number): Promise<void> {
  const { _id, type, event: _event, _rev, ...plan } = eventDoc()
  const startsAt = now() - 30 * 60_000
  const classes = plan.classes.map((one) => ({ ...one, startsAt }))
  const times = { startsAt: startsAt - 60_000, endsAt: startsAt + 36_000_000 }
  await createEvent(couch, { ...plan, ...times, classes, code: event }, { now })
  await addCheckpoints(
    couch,
    event,
    checkpointDocs().map(({ _id, type, event: _of, _rev, ...draft }) => draft),
  )
  const entries = teams.map((team) => ({ team, name: `Team ${team}`, classIds: ['a'], members: [] }))
  await addTeams(couch, event, { entries, now: () => startsAt })
  const line = (text: string) => ({ ja: text, en: text })
  const choices = ['yes', 'no'].map((id) => ({ id, label: line(id) }))
  const questions: SurveyDoc['questions'] = [{ id: 'good', label: line('Good?'), required: true, kind: 'one', choices }]
  const about = { title: line('Thanks'), body: line(''), state: 'shown', questions, audience: {} } as const
  const doc: SurveyDoc = { _id: `survey:${survey}`, type: 'survey', event, ...about }
  const desk = couch.database(databaseName(event, 'desk'))
  await desk.put(doc)
  // Here everybody answers.
  const masks = Object.fromEntries(
    (['staff', 'judge'] as const).map((role) => [role, defaultMasks[role] | menuBits.survey]),
  )
  await desk.put({ _id: 'menus', type: 'menus', event, masks })
}
