import type { Fact, FactOf } from '../../design-docs/facts.ts'
import { voidedFacts } from './void-facts.ts'

/**
 * The reception at which a team's fee was taken: the first of those that say so without one after it that says otherwise.
 * A correction at another desk moves no money. Null where the fee is still owed.
 */
export function feeTakenAt(facts: readonly Fact[]): FactOf<'reception'> | null {
  const voided = voidedFacts(facts)
  const receptions = facts
    .filter((fact): fact is FactOf<'reception'> => fact.type === 'reception' && !voided.has(fact._id))
    .sort((a, b) => a.at - b.at || (a._id < b._id ? -1 : 1))
  const owed = receptions.findLastIndex(({ feePaid }) => !feePaid)
  return receptions[owed + 1] ?? null
}
