import { type Signal, signal } from '@preact/signals'
import { coalesce } from './coalesce.ts'
import type { EventData } from './event-data.ts'
import type { Answer } from './http.ts'
import type { InnerMirror } from './mirror.ts'
import type { InnerSession } from './session.ts'
import type { SyncOutcome } from './types.ts'

/** One meeting of phone and server at a time. */
export type Rounds = {
  busy: Signal<boolean>
  /** Sends, fetches, compares. */
  whole(): Promise<SyncOutcome>
  /** Sends what was appended; false when that did not work, or when more than sending is needed now. */
  send(): Promise<boolean>
  /** Compares the mirrors with the server, and asks for those it did not give, when that is due; false when it did not work. */
  audit(): Promise<boolean>
  /** Follows each mirror that the server gave in the last round; they end with the signal, or when one breaks. */
  follow(signal: AbortSignal): Promise<unknown>[]
  /** How long until something that the server did not give is worth another try; Infinity when it gave all. */
  nextAskMs(): number
  /** The server has come to give a mirror that nobody follows yet. */
  hasNew(): boolean
}

type Failure = Exclude<Answer, { kind: 'ok' }>
type Parts = {
  monotonic(): number
  session: InnerSession
  data(): EventData | null
  /** Tells the server how this device is doing. */
  report(): Promise<void>
  /** Follows a signed order to wipe or to let go of the event; false when it is not one, or when the facts could not be handed over yet. */
  remove(order: string): Promise<boolean>
  warn(message: string, cause: unknown): void
}

/** Comparing every revision is cheap for one phone, and not for a server that hundreds of them come back to. */
const auditEveryMs = 60_000
/**
 * A team that has just entered has its database moments after its people have their phone, an agent's other team perhaps
 * hours later: what was not given is asked for again at once, then at ever longer pauses.
 */
const askAgainAfterMs = { first: 1_000, most: 30_000 }
const signInFirst: Failure = { kind: 'refused', status: 401, code: 'ZK-AUTH-001', message: '', figures: {} }

export function createRounds({ monotonic, session, data, report, remove, warn }: Parts): Rounds {
  const busy = signal(false)
  let base: { path: string; generation: string } | null = null
  /** The server lacked what it had confirmed: whatever the mirrors show is of another past. */
  let refillOwed = false
  /** A link that broke may come back to a server restored from a copy. */
  let auditOwed = true
  let auditedMs = Number.NEGATIVE_INFINITY
  let askedMs = Number.NEGATIVE_INFINITY
  let askedAgain = 0
  /** Read anew in this round: there is nothing to compare. */
  const fresh = new Set<InnerMirror>()
  const given = new Set<InnerMirror>()
  let followed: ReadonlySet<InnerMirror> = new Set()

  const findGeneration = async (): Promise<Failure | null> => {
    const answer = await session.ask('/db/')
    if (answer.kind !== 'ok') return answer
    const name = (answer.body as { generation?: unknown } | null)?.generation
    if (typeof name !== 'string') return { kind: 'blocked' }
    base = { path: `/db/${name}`, generation: name }
    return null
  }

  const mirrors = (): InnerMirror[] => {
    const who = session.who.value
    return who ? (data()?.mirrorsOf(who) ?? []) : []
  }

  /** `thorough`: the server may be another than the one that gave the receipts. */
  const sendAll = async (event: EventData, { thorough = false } = {}): Promise<Failure | null> => {
    if (!base) return { kind: 'offline' }
    await event.adoptPhotos()
    const pushed = await event.pusher.push(`${base.path}/zk-${event.event}-log`, base.generation)
    if (pushed.kind !== 'done') return pushed
    refillOwed ||= pushed.restored
    const asked = thorough ? await event.keptOriginals.askAgain() : ({ kind: 'done' } as const)
    if (asked.kind !== 'done') return asked
    const arrived = [...event.cargo.photos.value.keys()].filter(
      (photo) => event.ledger.states.value.get(photo)?.state === 'confirmed',
    )
    const shipped = await event.cargo.send(arrived)
    if (shipped.kind !== 'done') return shipped
    await event.keptOriginals.tidy()
    return null
  }

  const pull = async (wanted: readonly InnerMirror[], refill = false): Promise<Failure | null> => {
    askedMs = monotonic()
    for (const mirror of wanted) {
      if (!base) return { kind: 'offline' }
      const answer = await mirror.catchUp(`${base.path}/${mirror.name}`, base.generation, { refill })
      given.delete(mirror)
      if (answer.kind === 'done') {
        given.add(mirror)
        if (answer.fresh) fresh.add(mirror)
      } else if (!isOfMirror(answer)) return answer
    }
    return null
  }

  const missing = () => mirrors().filter((mirror) => !given.has(mirror))

  const nextAskMs = (): number => {
    if (missing().length === 0) return Number.POSITIVE_INFINITY
    const pauseMs = Math.min(askAgainAfterMs.most, askAgainAfterMs.first * 2 ** Math.min(askedAgain, 10))
    return Math.max(0, askedMs + pauseMs - monotonic())
  }

  const askAgain = async (): Promise<Failure | null> => {
    if (nextAskMs() > 0) return null
    askedAgain++
    return await pull(missing())
  }

  /** A server restored from a copy of the same generation shows itself in revisions alone. */
  const compare = async (): Promise<Failure | null> => {
    if (!auditOwed || monotonic() - auditedMs < auditEveryMs) return null
    for (const mirror of given) {
      if (!base) return { kind: 'offline' }
      if (fresh.delete(mirror)) continue
      const path = `${base.path}/${mirror.name}`
      if ((await mirror.equalsServer(path)) !== false) continue
      const answer = await mirror.catchUp(path, base.generation, { refill: true })
      if (answer.kind !== 'done' && !isOfMirror(answer)) return answer
    }
    auditOwed = false
    auditedMs = monotonic()
    return null
  }

  const attempt = async (): Promise<Failure | null> => {
    const event = data()
    // Between two sign-ins the one event's databases may still be open while the token is of the other.
    if (!event || session.who.value?.event !== event.event) return signInFirst
    fresh.clear()
    askedAgain = 0
    // What this person may read can be another set than in the last round.
    for (const mirror of given) if (!mirrors().includes(mirror)) given.delete(mirror)
    const unreachable = await findGeneration()
    if (unreachable) return unreachable
    const [sent, pulled] = await Promise.all([sendAll(event, { thorough: true }), pull(mirrors())])
    if (refillOwed && !pulled) {
      const refilled = await pull(mirrors(), true)
      if (refilled) return refilled
      refillOwed = false
    }
    return sent ?? pulled ?? (await compare())
  }

  const outcomeOf = async (failure: Failure | null): Promise<SyncOutcome> => {
    if (!failure) return 'done'
    auditOwed = true
    const order = session.removalOrder()
    if (order && (await remove(order))) return 'removed'
    return failure.kind === 'refused' && isOfCaller(failure) ? 'sign-in-needed' : 'offline'
  }

  /** What the phone's own databases cannot do now, full or closed for good, is told and tried again like the rest. */
  const atWork = async <T>(work: () => Promise<T>, failed: T): Promise<T> => {
    busy.value = true
    try {
      return await work()
    } catch (error) {
      warn('the phone’s databases failed during a round', error)
      return failed
    } finally {
      busy.value = false
    }
  }

  return {
    busy,
    whole: coalesce(() =>
      atWork<SyncOutcome>(async () => {
        let failure = await attempt()
        // The server was replaced between two requests of this round: its new name is asked for at once.
        if (failure?.kind === 'refused' && failure.status === 410 && !isOfCaller(failure)) failure = await attempt()
        const outcome = await outcomeOf(failure)
        if (outcome === 'done') await report()
        return outcome
      }, 'fault'),
    ),
    send: coalesce(() =>
      atWork(async () => {
        const event = data()
        if (session.who.value?.event !== event?.event || !event || (await sendAll(event))) return false
        await report()
        return !refillOwed
      }, false),
    ),
    audit: () => atWork(async () => ((await askAgain()) ?? (await compare())) === null, false),
    follow(until) {
      followed = new Set(given)
      return [...given].map(async (mirror) => {
        await mirror.follow(`${base?.path}/${mirror.name}`, until)
        auditOwed = true
      })
    },
    nextAskMs,
    hasNew: () => [...given].some((mirror) => !followed.has(mirror)),
  }
}

/** The server does not give this mirror, or not yet; the others are no worse for it. */
const isOfMirror = (failure: Failure) =>
  failure.kind === 'refused' && [403, 404].includes(failure.status) && !isOfCaller(failure)

const isOfCaller = (failure: { status: number; code: string }) =>
  failure.status === 401 || ['ZK-AUTH-001', 'ZK-AUTH-004', 'ZK-AUTH-009', 'ZK-AUTH-010'].includes(failure.code)
