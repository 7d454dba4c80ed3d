import type { Fact, FactOf } from '../../design-docs/facts.ts'

/**
 * Ids of the facts that were taken back. A void holds when its author wrote the fact, or acts as judge or admin;
 * it never takes back a void, so that undoing cannot loop; and a check-in takes its photos with it.
 */
export function voidedFacts(facts: readonly Fact[]): Set<string> {
  const byId = new Map(facts.map((fact) => [fact._id, fact]))
  const voided = new Set<string>()
  for (const fact of facts) {
    if (fact.type !== 'void') continue
    const target = byId.get(fact.fact)
    if (!target || target.type === 'void') continue
    if (mayVoid(fact, target)) voided.add(target._id)
  }
  for (const fact of facts) if (fact.type === 'photo' && fact.checkin && voided.has(fact.checkin)) voided.add(fact._id)
  return voided
}

/** Whether the author of the void may take back what `target.by` wrote. */
export const mayVoid = ({ by, as }: FactOf<'void'>, target: { by: string }) =>
  by === target.by || as === 'judge' || as === 'admin'
