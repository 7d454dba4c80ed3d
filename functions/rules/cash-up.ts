import type { Fact, FactOf } from '../../design-docs/facts.ts'
import { bestTimes } from './best-time.ts'
import { voidedFacts } from './void-facts.ts'

/** A reception that took a team's fee, and when that was by the best clock at hand, in milliseconds since 1970. */
export type FeeTaken = { fact: FactOf<'reception'>; at: number }

/**
 * The reception at which a team's fee was taken, from its receptions, voids and arrivals: the first of those that say so
 * without one after it that says otherwise. A correction at another desk moves no money. Null where the fee is still owed.
 */
export function feeTakenAt(facts: readonly Fact[]): FeeTaken | null {
  const voided = voidedFacts(facts)
  const times = bestTimes(facts)
  const receptions = facts
    .filter((fact): fact is FactOf<'reception'> => fact.type === 'reception' && !voided.has(fact._id))
    .map((fact) => ({ fact, at: times.get(fact._id)?.at ?? fact.at }))
    .sort((a, b) => a.at - b.at || (a.fact._id < b.fact._id ? -1 : 1))
  const owed = receptions.findLastIndex(({ fact }) => !fact.feePaid)
  return receptions[owed + 1] ?? null
}
