import type { SlowRequest } from './timed-send.ts'

/** One that took long, or all of a few seconds: `ms` is the longest, `times` how many there were. */
export type SlowLine = SlowRequest | { requests: (SlowRequest & { times: number })[] }

const everyMs = 10_000

/**
 * The first request that takes long is told at once; what follows within ten seconds is told together, by database and
 * kind of request, since a machine that is slow is slow at everything, and a line for each buries all other lines.
 * `tell` says at once what is still gathered, for a server that stops.
 */
export function gatherSlow(
  say: (line: SlowLine) => void,
  after: (ms: number, done: () => void) => void = (ms, done) => void setTimeout(done, ms).unref(),
): { hear(slow: SlowRequest): void; tell(): void } {
  let gathered: Map<string, SlowRequest & { times: number }> | null = null
  const tell = () => {
    const requests = [...(gathered ?? new Map()).values()].sort((a, b) => b.ms - a.ms)
    gathered = requests.length > 0 ? new Map() : null
    if (requests.length === 0) return
    say({ requests })
    after(everyMs, tell)
  }
  const hear = (slow: SlowRequest) => {
    if (gathered === null) {
      gathered = new Map()
      say(slow)
      return after(everyMs, tell)
    }
    const key = `${slow.request} ${slow.database}`
    const known = gathered.get(key)
    gathered.set(key, { ...slow, ms: Math.max(slow.ms, known?.ms ?? 0), times: (known?.times ?? 0) + 1 })
  }
  return { hear, tell }
}
