import type { Fact, FactOf } from '../../design-docs/facts.ts'
import { ofType, timeline } from './timeline.ts'
import { voidedFacts } from './void-facts.ts'

export type Collection = { portrait: FactOf<'photo'> | null; palettes: string[] }

/** A team's newest portrait that stands, and the palettes that it was given, in their order. */
export function collectionOf(facts: readonly Fact[]): Collection {
  const voided = voidedFacts(facts)
  const standing = timeline(facts.filter(({ _id }) => !voided.has(_id)))
  return {
    portrait: ofType(standing, 'photo').findLast(({ fact }) => fact.purpose === 'portrait')?.fact ?? null,
    palettes: [...new Set(ofType(standing, 'collected').map(({ fact }) => fact.palette))],
  }
}

/** When the server last heard of anything that changes a team's portrait, taking back included; 0 for nothing. */
export function portraitHeardAt(facts: readonly Fact[]): number {
  const heard = new Map(
    facts.flatMap((fact) => (fact.type === 'arrival' ? fact.facts.map((id) => [id, fact.receivedAt] as const) : [])),
  )
  const concerns = (fact: Fact) =>
    fact.type === 'collected' ||
    (fact.type === 'photo' && fact.purpose === 'portrait') ||
    (fact.type === 'void' && /:(?:collected|photo):/.test(fact.fact))
  return Math.max(0, ...facts.filter(concerns).map(({ _id, at }) => heard.get(_id) ?? at))
}
