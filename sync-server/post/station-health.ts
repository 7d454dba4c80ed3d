const minute = 60_000
const mostFailures = 5
const longestRestMs = 30_000
const firstRetirementMs = 10 * minute
const longestRetirementMs = 6 * 60 * minute
/** Where no other station is left, waiting longer helps nobody. */
const lastOneMs = 15_000

export type Health = {
  failures: number
  retirements: number
  /** When the last failure was that counted. */
  failedAt: number
  /** Nothing is sent before. */
  restsUntil: number
  /** Set when it is retired: why. */
  retiredFor?: string
}
export const wellHealth: Health = { failures: 0, retirements: 0, failedAt: 0, restsUntil: 0 }

type Failure = { kind: 'failed' | 'down' | 'out'; startedAt: number; at: number; reason: string }

/**
 * What a failure makes of a station. Connections that were begun before the last failure broke for the same cause, so
 * they count as one. A server that is gone is given pauses that grow to some seconds, so that five failures are not the
 * same second of trouble.
 */
export function afterFailure(health: Health, { kind, startedAt, at, reason }: Failure): Health {
  if (kind !== 'out' && startedAt < health.failedAt) return health
  const failures = health.failures + 1
  const restMs = kind === 'down' ? Math.min(500 * 2 ** (failures - 1), longestRestMs) : 0
  const next = { ...health, failures, failedAt: at, restsUntil: Math.max(health.restsUntil, at + restMs) }
  const isRetired = kind === 'out' || failures >= mostFailures
  return isRetired ? { ...next, retirements: health.retirements + 1, retiredFor: reason } : next
}

/** How long a station stays retired before it is tried again. */
export const retiredMs = (retirements: number, othersLeft: boolean) =>
  othersLeft ? Math.min(firstRetirementMs * 2 ** Math.max(0, retirements - 1), longestRetirementMs) : lastOneMs
