/** How a fact carries its time; see `design-docs/facts.ts`. */
export type Stamp = {
  at: number
  deviceAt: number
  offsetMs: number
  measuredAt: number | null
  bootId: string
  monotonicMs: number
}

/** `changed`: the device's clock was set since the offset was measured, so `offsetMs` is wrong until the next contact. */
export type ClockState = 'unmeasured' | 'measured' | 'changed'

/** What the clock reads from the device; arguments, so that a test can set them. */
export type ClockSource = {
  /** Milliseconds since 1970 as the device believes. */
  now(): number
  /** Milliseconds that only grow within one page load; may stop while the device sleeps. */
  monotonic(): number
  /** Names this page load. */
  bootId: string
  load(): string | null
  save(text: string): void
}

/** One measurement: the server's time between the sending of a request and its answer. */
type Sample = { offsetMs: number; roundTripMs: number; measuredAt: number; monotonicMs: number; bootId: string }

export type Clock = {
  stamp(): Stamp
  state(): ClockState
  /** Takes in the server's time from an answer: `sentMs` and `receivedMs` are readings of `monotonic()`. */
  observe(serverMs: number, trip: { sentMs: number; receivedMs: number }): void
  monotonic(): number
  now(): number
  /** The header `x-zekken-clock`, so that the server can tell a clock changed since. */
  header(): string
}

/** Setting a clock by less than this cannot be told from the drift of cheap quartz and the rounding of timers. */
const changedMs = 2_000
/** A short round trip leaves the least doubt; but an old sample ages, since clocks drift by some 20 ppm. */
const freshMs = 10 * 60_000

/** Keeps the offset between the server's clock and the device's, and stamps facts with it. */
export function createClock(source: ClockSource): Clock {
  let best = read(source.load())

  /** How far the device's clock has moved against the monotonic one since the measurement; 0 across page loads. */
  const movedMs = () =>
    best === null || best.bootId !== source.bootId
      ? 0
      : source.now() - best.measuredAt - (source.monotonic() - best.monotonicMs)

  const state = (): ClockState =>
    best === null ? 'unmeasured' : Math.abs(movedMs()) > changedMs ? 'changed' : 'measured'

  const observe: Clock['observe'] = (serverMs, trip) => {
    const roundTripMs = trip.receivedMs - trip.sentMs
    const sinceMs = source.monotonic() - trip.receivedMs
    const receivedAt = source.now() - sinceMs
    const sample: Sample = {
      offsetMs: Math.round(serverMs + roundTripMs / 2 - receivedAt),
      roundTripMs,
      measuredAt: Math.round(receivedAt),
      monotonicMs: trip.receivedMs,
      bootId: source.bootId,
    }
    if (best !== null && !replaces(sample, best)) return
    best = sample
    source.save(JSON.stringify(best))
  }

  /** A sample that contradicts the old one by more than both doubts together means a set clock: then the new one holds. */
  const replaces = (sample: Sample, old: Sample) =>
    state() === 'changed' ||
    old.bootId !== sample.bootId ||
    sample.roundTripMs <= old.roundTripMs ||
    sample.measuredAt - old.measuredAt > freshMs ||
    Math.abs(sample.offsetMs - old.offsetMs) > (sample.roundTripMs + old.roundTripMs) / 2

  const stamp = (): Stamp => {
    const deviceAt = Math.round(source.now())
    const offsetMs = best?.offsetMs ?? 0
    return {
      at: deviceAt + offsetMs,
      deviceAt,
      offsetMs,
      measuredAt: best?.measuredAt ?? null,
      bootId: source.bootId,
      monotonicMs: Math.round(source.monotonic()),
    }
  }

  const header = () => {
    const { deviceAt, offsetMs, bootId, monotonicMs } = stamp()
    return `${deviceAt};${offsetMs};${bootId};${monotonicMs}`
  }

  return { stamp, state, observe, header, monotonic: source.monotonic, now: source.now }
}

/** What was saved, or null when it is not a sample: a lost measurement costs accuracy, not data. */
function read(text: string | null): Sample | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return isSample(value) ? value : null
  } catch {
    return null
  }
}

function isSample(value: unknown): value is Sample {
  if (typeof value !== 'object' || value === null) return false
  const sample = value as Partial<Record<keyof Sample, unknown>>
  return (
    typeof sample.bootId === 'string' &&
    [sample.offsetMs, sample.roundTripMs, sample.measuredAt, sample.monotonicMs].every(Number.isFinite)
  )
}
