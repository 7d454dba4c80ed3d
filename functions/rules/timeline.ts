import type { Fact, FactOf, FactType } from '../../design-docs/facts.ts'
import { type BestTime, bestTimes } from './best-time.ts'

/** A fact with its best time. */
export type Timed<F extends Fact = Fact> = { fact: F; time: BestTime }

/** Facts in the order in which they happened: by best time, then id, never by arrival. */
export function timeline(facts: readonly Fact[]): Timed[] {
  const times = bestTimes(facts)
  return facts.map((fact) => ({ fact, time: times.get(fact._id)! })).sort(byTime)
}

const byTime = (a: Timed, b: Timed) => a.time.at - b.time.at || (a.fact._id < b.fact._id ? -1 : 1)

/** Those of one type, in the order given. */
export const ofType = <T extends FactType>(timed: readonly Timed[], type: T) =>
  timed.filter(({ fact }) => fact.type === type) as unknown as Timed<FactOf<T>>[]
