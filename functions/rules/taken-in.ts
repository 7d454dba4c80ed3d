import type { Fact } from '../../design-docs/facts.ts'

/** Four of the sixteen random characters of a fact's id: one in some 20,000 of a team's facts is mistaken for another. */
const tagLength = 4
const tagOf = (id: string) => id.slice(-tagLength)

/** What devices never write, or what no card is made from. */
const untagged = ['arrival', 'entry', 'original', 'scan', 'answer']

/** What is said or asked for changes no card, and may be much. */
const talk = ['chat', 'read', 'handling', 'ask']

/** The tags of the facts that a card was made from, so that a phone knows which of its own the card has taken in. */
export function takenIn(facts: readonly Fact[], before = ''): string {
  const tags = new Set(facts.filter(({ type }) => ![...untagged, ...talk].includes(type)).map(({ _id }) => tagOf(_id)))
  for (let i = 0; i < before.length; i += tagLength) tags.add(before.slice(i, i + tagLength))
  return [...tags].sort().join('')
}

/** Tells of a fact whether the card with these tags was made with it, or would be the same without. */
export function tagReader(tags: string): (fact: Fact) => boolean {
  const known = new Set<string>()
  for (let i = 0; i < tags.length; i += tagLength) known.add(tags.slice(i, i + tagLength))
  return ({ _id, type }) => talk.includes(type) || known.has(tagOf(_id))
}
