import type { Ports } from './ports.ts'
import { backoffMs, pause } from './retry.ts'
import type { Rounds } from './rounds.ts'

/** `facts`: something is to be sent. `link`: the network may be another now. */
export type Wake = 'facts' | 'link'
export type Live = {
  /** Keeps phone and server together until the signal ends it. */
  run(signal: AbortSignal): Promise<void>
  wake(why: Wake): void
}

type Parts = { ports: Pick<Ports, 'after' | 'random'>; rounds: Rounds; monotonic(): number }

/** Sends what may have been left, and is how a link that died without a word is noticed. */
const heartbeatMs = 60_000
/** A connection that held for so long was one; before, its end counts as a failure to connect. */
const steadyMs = 20_000

export function createLive({ ports, rounds, monotonic }: Parts): Live {
  let bell = new AbortController()
  let rung: Wake | null = null

  const wake = (why: Wake) => {
    rung = rung === 'link' ? 'link' : why
    bell.abort()
  }
  /** Waits for a wake, which may have come before, or for the time to pass; says which. */
  const rest = async (ms: number, signal: AbortSignal): Promise<Wake | null> => {
    if (rung === null) {
      bell = new AbortController()
      await pause(ports, ms, [signal, bell.signal])
    }
    const why = rung
    rung = null
    return why
  }

  /** Follows the server and sends what is appended until something breaks; says whether the link itself may be another. */
  const connected = async (signal: AbortSignal): Promise<Wake | null> => {
    if (signal.aborted) return null
    const feeds = new AbortController()
    const end = () => feeds.abort()
    signal.addEventListener('abort', end)
    const following = rounds.follow(feeds.signal)
    for (const feed of following) feed.then(end, end)
    try {
      while (!feeds.signal.aborted) {
        const why = await rest(Math.min(heartbeatMs, rounds.nextAskMs()), feeds.signal)
        if (feeds.signal.aborted || why === 'link') return why
        if (!(await rounds.send()) || !(await rounds.audit())) return null
        if (rounds.hasNew()) return 'link'
      }
      return null
    } finally {
      signal.removeEventListener('abort', end)
      end()
      await Promise.allSettled(following)
    }
  }

  return {
    wake,
    async run(signal) {
      let failures = 0
      while (!signal.aborted) {
        const startedMs = monotonic()
        const why = (await rounds.whole()) === 'done' ? await connected(signal) : null
        failures = monotonic() - startedMs > steadyMs || why === 'link' ? 0 : failures + 1
        if (why !== 'link') await rest(backoffMs(failures, ports.random.fraction), signal)
      }
    },
  }
}
