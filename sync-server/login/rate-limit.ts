import type { Context } from 'hono'
import { AppError } from '../../design-docs/errors.ts'

export type RateLimit = { take(key: string): void }

/**
 * At most `tries` for a key within `windowMs`; more throws ZK-AUTH-005. Counted in each process: it slows guessing down,
 * and what it guards is long enough by itself.
 */
export function rateLimit({ tries, windowMs, now }: { tries: number; windowMs: number; now(): number }): RateLimit {
  const counted = new Map<string, { from: number; count: number }>()
  return {
    take(key) {
      const at = now()
      const found = counted.get(key)
      const age = found ? at - found.from : -1
      // A clock that was set back begins anew.
      const window = found && age >= 0 && age < windowMs ? found : { from: at, count: 0 }
      window.count += 1
      if (counted.size > 10_000) counted.clear()
      counted.set(key, window)
      if (window.count <= tries) return
      const retryAfterMs = window.from + windowMs - at
      throw new AppError('ZK-AUTH-005', { figures: { retryAfterMs } })
    },
  }
}

/** The network address that a request came from; the empty text where there is no socket, as in tests. */
export function addressOf(c: Context): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return env?.incoming?.socket?.remoteAddress ?? ''
}
