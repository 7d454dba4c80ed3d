import type { Fact, FactOf, FactType } from '../../design-docs/facts.ts'

type Own = {
  newestFirst: readonly Fact[]
  /** Facts that a void of this phone took back, the photos of their check-ins included. */
  voided: ReadonlySet<string>
}

let last: { facts: ReadonlyMap<string, Fact>; own: Own } | undefined

/** The phone's own facts in the order of the screens; worked out once for each change. */
export function ownFacts(facts: ReadonlyMap<string, Fact>): Own {
  if (last?.facts === facts) return last.own
  const newestFirst = [...facts.values()].sort((a, b) => b.at - a.at || (a._id < b._id ? 1 : -1))
  const voided = new Set<string>()
  for (const fact of newestFirst) if (fact.type === 'void') voided.add(fact.fact)
  for (const fact of newestFirst) {
    if (fact.type === 'photo' && fact.checkin && voided.has(fact.checkin)) voided.add(fact._id)
  }
  const own = { newestFirst, voided }
  last = { facts, own }
  return own
}

/** Own facts of a team and type that still stand, newest first. */
export function standingFacts<T extends FactType>(
  facts: ReadonlyMap<string, Fact>,
  team: string,
  type: T,
): readonly FactOf<T>[] {
  const { newestFirst, voided } = ownFacts(facts)
  return newestFirst.filter(
    (fact): fact is Fact & FactOf<T> => fact.type === type && fact.team === team && !voided.has(fact._id),
  )
}
