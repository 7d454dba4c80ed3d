import type { ArrivalFact, Fact } from '../../design-docs/facts.ts'

/** Differences up to this are transport and drift, no wrong clock. */
export const clockToleranceMs = 60_000

/** The longest that one delivery may have been on its way. */
const longestUploadMs = 5 * 60_000

/** When something happened by the best clock at hand, and what speaks against it. */
export type BestTime = {
  at: number
  /**
   * `claim`: as the device said. `monotonic`: its clock was changed, and its running time says which of the two readings
   * holds. Guesses: `delivery`, by the clock as it was when it delivered; `bound`, the latest that is possible.
   */
  source: 'claim' | 'monotonic' | 'delivery' | 'bound'
  /** The server's time of the earliest arrival; null on the phone that has not delivered it yet. */
  receivedAt: number | null
  doubtful: boolean
  /**
   * What a judge needs to see: `skewMs` (offset at delivery less the one claimed), `futureMs` (claim past the latest
   * possible), `unmeasuredMs`, `beforeDeliveredMs`; and `correctedMs` where nothing is left to doubt.
   */
  figures: Record<string, number>
}

type SenderClock = NonNullable<ArrivalFact['clock']>

/** A device's clocks as it read them before a delivery, and when that was by the server's clock. */
type Sighting = SenderClock & { seenAt: number }

/**
 * The best time of every fact of a team, by id, from the facts' claims and the arrivals among them.
 * Arrivals say when the server had a fact, never when it happened: the claim holds until a figure speaks against it.
 */
export function bestTimes(facts: readonly Fact[]): Map<string, BestTime> {
  const firstArrivals = new Map<string, ArrivalFact>()
  const sightings: Sighting[] = []
  for (const arrival of facts) {
    if (arrival.type !== 'arrival') continue
    if (arrival.clock) sightings.push(sighting(arrival.clock, arrival.receivedAt))
    for (const id of arrival.facts) if (isEarlier(arrival, firstArrivals.get(id))) firstArrivals.set(id, arrival)
  }
  const times = new Map<string, BestTime>()
  for (const fact of facts) times.set(fact._id, timeOf(fact, firstArrivals.get(fact._id), sightings))
  doubtBackdated(facts, times)
  return times
}

const isEarlier = (one: ArrivalFact, other: ArrivalFact | undefined) =>
  !other || one.receivedAt < other.receivedAt || (one.receivedAt === other.receivedAt && one._id < other._id)

const near = (a: number, b: number) => Math.abs(a - b) <= clockToleranceMs

function timeOf(fact: Fact, arrival: ArrivalFact | undefined, sightings: readonly Sighting[]): BestTime {
  if (!arrival) return { at: fact.at, source: 'claim', receivedAt: null, doubtful: false, figures: {} }
  const { receivedAt } = arrival
  const believed: BestTime = { at: fact.at, source: 'claim', receivedAt, doubtful: false, figures: {} }
  const running = sightings.filter((seen) => seen.device === fact.device && seen.bootId === fact.bootId)
  const latest = latestPossible(fact, receivedAt, running)
  const futureMs = fact.at - latest
  const isFuture = futureMs > clockToleranceMs
  const delivery = arrival.clock?.device === fact.device ? sighting(arrival.clock, receivedAt) : null

  if (!delivery || isOfPicture(fact)) {
    if (isFuture) return { ...believed, at: latest, source: 'bound', ...doubt({ futureMs }) }
    const unmeasuredMs = receivedAt - fact.at
    const unmeasured = fact.measuredAt === null && !isOfPicture(fact) && unmeasuredMs > clockToleranceMs
    return unmeasured ? { ...believed, ...doubt({ unmeasuredMs }) } : believed
  }

  const deliveryOffsetMs = delivery.seenAt - delivery.deviceAt
  const skewMs = deliveryOffsetMs - fact.offsetMs
  if (Math.abs(skewMs) <= clockToleranceMs)
    return isFuture ? { ...believed, at: latest, source: 'bound', ...doubt({ futureMs }) } : believed

  const shifted = fact.deviceAt + deliveryOffsetMs
  const byRunning = (at: number) => running.some((seen) => near(at, monotonicTime(fact, seen)))
  if (byRunning(shifted))
    return { ...believed, at: shifted, source: 'monotonic', figures: { correctedMs: shifted - fact.at } }
  if (byRunning(fact.at)) return { ...believed, source: 'monotonic' }
  if (fact.measuredAt !== null && !isFuture) return { ...believed, ...doubt({ skewMs }) }
  const guess = Math.min(shifted, latest)
  return { ...believed, at: guess, source: guess === shifted ? 'delivery' : 'bound', ...doubt({ skewMs }) }
}

/** When the fact happened if the device never slept between it and the moment it was seen. */
const monotonicTime = (fact: Fact, seen: Sighting) => seen.seenAt + fact.monotonicMs - seen.monotonicMs

/** Nothing happens after its receipt, nor later than its running time before a later look at the same page load. */
const latestPossible = (fact: Fact, receivedAt: number, running: readonly Sighting[]) =>
  Math.min(
    receivedAt,
    ...running.filter((seen) => seen.monotonicMs >= fact.monotonicMs).map((seen) => monotonicTime(fact, seen)),
  )

const doubt = (figures: Record<string, number>) => ({ doubtful: true, figures })

/** An uploaded picture's time is the camera's, which never had an offset. */
const isOfPicture = (fact: Fact) => fact.type === 'checkin' && fact.method === 'upload'

/** By the device's own measure where the receipt allows it, since that one holds no upload time; else by the receipt. */
function sighting(clock: SenderClock, receivedAt: number): Sighting {
  const measured = clock.deviceAt + clock.offsetMs
  const uploadMs = receivedAt - measured
  const fits = uploadMs >= -clockToleranceMs && uploadMs <= longestUploadMs
  return { ...clock, seenAt: fits ? Math.min(measured, receivedAt) : receivedAt }
}

/**
 * Doubts a time before that of a fact which the same device had already delivered. Within one page load the
 * monotonic clock tells a record that merely waited (refused, then offered again) from one that was backdated.
 */
function doubtBackdated(facts: readonly Fact[], times: Map<string, BestTime>): void {
  const delivered = facts.filter((fact) => times.get(fact._id)?.receivedAt != null && !isOfPicture(fact))
  const trusted = delivered.filter((fact) => !times.get(fact._id)?.doubtful)
  for (const fact of delivered) {
    const time = times.get(fact._id)!
    let beforeDeliveredMs = 0
    for (const other of trusted) {
      const earlier = times.get(other._id)!
      if (other.device !== fact.device || earlier.receivedAt! >= time.receivedAt!) continue
      if (other.bootId === fact.bootId && fact.monotonicMs < other.monotonicMs) continue
      beforeDeliveredMs = Math.max(beforeDeliveredMs, earlier.at - time.at)
    }
    if (beforeDeliveredMs <= clockToleranceMs) continue
    times.set(fact._id, { ...time, doubtful: true, figures: { ...time.figures, beforeDeliveredMs } })
  }
}
