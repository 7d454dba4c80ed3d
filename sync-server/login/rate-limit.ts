import { isIPv6 } from 'node:net'
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

/**
 * Whom a limit by address counts: the network address that a request came from. Of IPv6 the first 64 bits, since whoever
 * has one address has that many. The empty text where there is no socket, as in tests.
 */
export function addressOf(c: Context): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  const noted = c.get('clientAddress') as string | undefined
  const address = noted ?? env?.incoming?.socket?.remoteAddress ?? ''
  return isIPv6(address) ? networkOf(address) : address
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const groups = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const whole =
    tail === undefined ? groups : [...groups, ...Array(8 - groups.length - after.length).fill('0'), ...after]
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
