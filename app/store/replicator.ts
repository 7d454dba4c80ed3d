import { type Signal, signal } from '@preact/signals'
import { coalesce } from './coalesce.ts'
import type { EventData } from './event-data.ts'
import type { Answer } from './http.ts'
import type { InnerMirror } from './mirror.ts'
import type { Ports } from './ports.ts'
import { backoffMs, pause } from './retry.ts'
import type { InnerSession } from './session.ts'
import type { SyncOutcome } from './types.ts'

/** Brings phone and server together: one round at a time, then follows the server until the link breaks. */
export type Replicator = {
  busy: Signal<boolean>
  round(): Promise<SyncOutcome>
  /** Keeps at it until the signal ends it. */
  run(signal: AbortSignal): Promise<void>
  /** `facts`: something is to be sent. `link`: the network may be another now. */
  wake(why: 'facts' | 'link'): void
}

type Failure = Exclude<Answer, { kind: 'ok' }>
type Parts = {
  ports: Pick<Ports, 'after' | 'random'>
  monotonic(): number
  session: InnerSession
  data(): EventData | null
  /** Follows a signed order to wipe; false when it is not one, or when the facts could not be handed over yet. */
  remove(order: string): Promise<boolean>
}

/** Sends what may have been left, and is how a link that died without a word is noticed. */
const heartbeatMs = 60_000
/** Comparing every revision is cheap for one phone, and not for a server that hundreds of them come back to. */
const auditEveryMs = 60_000

export function createReplicator({ ports, monotonic, session, data, remove }: Parts): Replicator {
  const busy = signal(false)
  /** Read anew in this round: there is nothing to compare. */
  const freshMirrors = new Set<InnerMirror>()
  let base: { path: string; generation: string } | null = null
  /** A link that broke may come back to a server restored from a copy. */
  let auditOwed = true
  let auditedMs = Number.NEGATIVE_INFINITY
  let woken = new AbortController()
  let why: 'facts' | 'link' | null = null

  const generation = async (): Promise<Failure | null> => {
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

  const send = async (event: EventData): Promise<Failure | { kind: 'done'; restored: boolean }> => {
    if (!base) return { kind: 'offline' }
    const pushed = await event.pusher.push(`${base.path}/zk-${event.event}-log`, base.generation)
    if (pushed.kind !== 'done') return pushed
    const ready = [...event.cargo.photos.value.keys()].filter(
      (photo) => event.ledger.states.value.get(photo)?.state === 'confirmed',
    )
    const shipped = await event.cargo.send(ready)
    return shipped.kind === 'done' ? pushed : shipped
  }

  const pull = async (refill: boolean): Promise<Failure | null> => {
    for (const mirror of mirrors()) {
      if (!base) return { kind: 'offline' }
      const path = `${base.path}/${mirror.name}`
      const answer = await mirror.catchUp(path, base.generation, { refill })
      if (answer.kind !== 'done') return answer
      if (answer.fresh) freshMirrors.add(mirror)
    }
    return null
  }

  /** A server restored from a copy of the same generation shows itself in revisions alone. */
  const audit = async (): Promise<Failure | null> => {
    if (!auditOwed || monotonic() - auditedMs < auditEveryMs) return null
    for (const mirror of mirrors()) {
      if (!base) return { kind: 'offline' }
      if (freshMirrors.delete(mirror)) continue
      const path = `${base.path}/${mirror.name}`
      if ((await mirror.equalsServer(path)) !== false) continue
      const answer = await mirror.catchUp(path, base.generation, { refill: true })
      if (answer.kind !== 'done') return answer
    }
    auditOwed = false
    auditedMs = monotonic()
    return null
  }

  const wholeRound = async (): Promise<Failure | null> => {
    const event = data()
    if (!event) return { kind: 'refused', status: 401, code: 'ZK-AUTH-001', message: '', figures: {} }
    freshMirrors.clear()
    const unreachable = await generation()
    if (unreachable) return unreachable
    const [sent, pulled] = await Promise.all([send(event), pull(false)])
    if (sent.kind === 'done' && sent.restored) {
      const refilled = await pull(true)
      if (refilled) return refilled
    }
    return (sent.kind === 'done' ? pulled : sent) ?? (await audit())
  }

  const outcomeOf = async (failure: Failure | null): Promise<SyncOutcome> => {
    if (!failure) return 'done'
    const order = session.removalOrder()
    if (order && (await remove(order))) return 'removed'
    return failure.kind === 'refused' && failure.status === 401 ? 'sign-in-needed' : 'offline'
  }

  const round = coalesce(async () => {
    busy.value = true
    try {
      let failure = await wholeRound()
      // The server was replaced between two requests of this round: its new name is asked for at once.
      if (failure?.kind === 'refused' && failure.status === 410) failure = await wholeRound()
      return await outcomeOf(failure)
    } finally {
      busy.value = false
    }
  })

  const sendOnly = coalesce(async () => {
    const event = data()
    busy.value = true
    try {
      return event ? (await send(event)).kind === 'done' : false
    } finally {
      busy.value = false
    }
  })

  /** Fires at the next wake, or at once when one came since the last look. */
  const wakeSignal = () => {
    if (woken.signal.aborted && why === null) woken = new AbortController()
    return woken.signal
  }
  const wakened = () => {
    const reason = why
    why = null
    return reason
  }

  /** Follows every mirror and sends what is appended, until a feed breaks, a sending fails, or the link changes. */
  const connected = async (signal: AbortSignal) => {
    const feeds = new AbortController()
    const end = () => feeds.abort()
    signal.addEventListener('abort', end, { once: true })
    const following = mirrors().map((mirror) => mirror.follow(`${base?.path}/${mirror.name}`, feeds.signal))
    for (const feed of following) void feed.finally(end)
    try {
      while (!signal.aborted) {
        await pause(ports, heartbeatMs, AbortSignal.any([feeds.signal, wakeSignal()]))
        if (feeds.signal.aborted || wakened() === 'link') return
        if (!(await sendOnly()) || (await audit())) return
      }
    } finally {
      signal.removeEventListener('abort', end)
      feeds.abort()
      await Promise.allSettled(following)
    }
  }

  const run = async (signal: AbortSignal) => {
    let failures = 0
    while (!signal.aborted) {
      const outcome = await round()
      if (outcome === 'removed') return
      if (outcome === 'done') {
        failures = 0
        await connected(signal)
        auditOwed = true
      } else {
        const waiting = AbortSignal.any([signal, wakeSignal()])
        await pause(ports, backoffMs(failures++, ports.random.fraction), waiting)
        wakened()
      }
    }
  }

  return {
    busy,
    round,
    run,
    wake(reason) {
      why = why === 'link' ? why : reason
      woken.abort()
    },
  }
}
