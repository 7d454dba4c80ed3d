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
