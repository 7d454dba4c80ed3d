import { databaseName } from '../../design-docs/databases.ts'
import { type OutsideTeam, outside } from '../../design-docs/derived.ts'
import { type Told, tellAgainNote, toldId, told as toldSchema } from '../../design-docs/external.ts'
import { parkedDoc, parkedId } from '../../design-docs/runner-docs.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Clock } from '../feed/clock.ts'
import type { Log } from '../feed/log.ts'
import { findForgottenTeam, readForgottenTeams } from '../forget/forgotten-teams.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, readDocs } from '../login/office.ts'
import type { ExternalSystem } from './call-external.ts'
import { dueAt, heard, nextCall, outsideStateOf, toldAnew } from './next-call.ts'
import { externalParked, forgottenOutside } from './outside-team.ts'

export type MessengerOptions = {
  it: Pick<Installation, 'couch' | 'office'>
  system: ExternalSystem
  events(): Promise<readonly string[]>
  clock: Clock
  log: Log
}
export type Messenger = {
  /** What is to be known has changed: looks at once instead of within a minute. */
  poke(): void
  /** Tells what is due now; answers how many calls were accepted. */
  tellDue(): Promise<number>
  stop(): Promise<void>
}

const lookEveryMs = 1000
const readEveryMs = 60_000
/** What could not be read once. */
const readAgainMs = 10_000
const firstSilenceMs = 5000
const longestSilenceMs = 5 * 60_000

/**
 * Tells the external system of each team what it is to know, one call at a time, in the one process that runs the
 * functions. What is asked is kept before and after each call, so that a crash at any moment asks again under the same
 * key. While the system is silent it is tried ever more seldom, and nobody else is waited for.
 */
export function startMessenger({ it, system, events, clock, log }: MessengerOptions): Messenger {
  const stopping = new AbortController()
  const { signal } = stopping
  let isStale = true
  let readAt = 0
  let waiting: { wanted: OutsideTeam; told: Told | undefined }[] = []
  let silences = 0
  let silentUntil = 0
  let round: Promise<number> = Promise.resolve(0)

  async function read(): Promise<void> {
    const all = await events()
    isStale = false
    readAt = clock.now()
    waiting = []
    for (const event of all) {
      // One event that cannot be read keeps no other from being told.
      await readEvent(event).catch((error) => {
        readAt = clock.now() + readAgainMs - readEveryMs
        log.warn('an event waits to be told', { event, error: String(error) })
      })
    }
  }

  async function readEvent(event: string): Promise<void> {
    const desk = it.couch.database(databaseName(event, 'desk'))
    const told = new Map((await readDocs(it.office, `told:${event}`, toldSchema)).map((one) => [one.team, one]))
    const gone = new Set((await readForgottenTeams(it, event)).map(({ team }) => team))
    for (const found of await readDocs(desk, 'outside', outside)) {
      const { team } = found
      const one = { wanted: gone.has(team) ? forgottenOutside(found) : found, told: told.get(team) }
      if (dueAt(one.wanted, one.told) !== null) waiting.push(one)
      // What it refused is not wanted any more.
      else if (one.told?.outcome === 'refused' && outsideStateOf(one.wanted, one.told).state === 'known')
        await unpark(one.told)
    }
  }

  /** Whoever asked for a team to be told anew: what it has heard is forgotten. */
  async function takeNotes(): Promise<void> {
    for (const note of await readDocs(it.office, 'tell-again', tellAgainNote)) {
      const standing = await readDoc(it.office, toldId(note.event, note.team), toldSchema)
      const forgotten = standing && toldAnew(standing)
      if (standing?.outcome === 'refused') await unpark(standing)
      const gone = { ...note, _deleted: true }
      await it.office.bulk([...(forgotten ? [forgotten] : []), gone] as CouchDoc[])
      isStale = true
    }
  }

  /** Among the problems that the console shows, until the team is told anew or something else is to be told. */
  async function park({ event, team, tries, error, at }: Told): Promise<void> {
    const _id = parkedId(event, externalParked, team)
    const times = { firstAt: at, lastAt: at, nextAt: null }
    const doc = {
      _id,
      type: 'parked',
      event,
      function: externalParked,
      key: team,
      state: 'parked',
      tries,
      error,
      ...times,
    }
    await it.office.put(parkedDoc.parse(doc) as CouchDoc)
  }

  async function unpark({ event, team }: Told): Promise<void> {
    const found = await it.office.get(parkedId(event, externalParked, team))
    if (found) await it.office.bulk([{ ...found, _deleted: true }])
  }

  async function tellRound(): Promise<number> {
    await takeNotes()
    if (isStale || clock.now() - readAt >= readEveryMs) await read()
    let count = 0
    for (const one of waiting) {
      if (signal.aborted || clock.now() < silentUntil) break
      const at = dueAt(one.wanted, one.told)
      if (at === null || at > clock.now()) continue
      if (await tell(one)) count++
    }
    waiting = waiting.filter(({ wanted, told }) => dueAt(wanted, told) !== null)
    return count
  }

  async function tell(one: (typeof waiting)[number]): Promise<boolean> {
    const { event, team, status } = one.wanted
    // Its people asked for their data to go since this was read: their names are not sent any more.
    if (status !== 'deleted' && (await findForgottenTeam(it, event, team))) {
      isStale = true
      return false
    }
    const { call, asking } = nextCall(one.wanted, one.told)
    if (one.told?.outcome === 'refused') await unpark(one.told)
    one.told = await keep(asking)
    const answer = await system.call(call, signal)
    // Cut off by our own stop: the next start asks again.
    if (answer.result === 'silent' && signal.aborted) return false
    one.told = await keep(heard(one.told, answer, clock.now()))
    if (answer.result === 'refused') await park(one.told)
    silences = answer.result === 'silent' ? silences + 1 : 0
    silentUntil = silences ? clock.now() + Math.min(firstSilenceMs * 2 ** (silences - 1), longestSilenceMs) : 0
    if (answer.result === 'accepted') return true
    const fields = { event: call.event, team: call.team, error: answer.error }
    log.warn(answer.result === 'refused' ? 'the external system refuses a team' : 'a team is told again later', fields)
    return false
  }

  async function keep(doc: Told): Promise<Told> {
    const rev = await it.office.put(toldSchema.parse(doc) as CouchDoc)
    if (rev !== null) return { ...doc, _rev: rev }
    isStale = true
    throw new Error(`${doc._id} was changed by someone else`)
  }

  const tellDue = () => {
    round = round.catch(() => 0).then(tellRound)
    return round
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await tellDue().catch((error) => log.warn('the messenger waits', { error: String(error) }))
      await clock.sleep(lookEveryMs, signal)
    }
  }
  const running = run()

  return {
    poke() {
      isStale = true
    },
    tellDue,
    async stop() {
      stopping.abort()
      await running
      await round.catch(() => 0)
    },
  }
}
