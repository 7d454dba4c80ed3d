import type { Card } from '../../design-docs/derived.ts'
import type { Fact, FactOf, Member, Redaction } from '../../design-docs/facts.ts'
import { fits } from './team-of.ts'

/** Stands where a text was that must not be empty. */
const taken = '—'

/** The fact without what it says of people, marked so. */
export const redactFact = (bare: Fact, redacted: Redaction): Fact => ({ ...bare, redacted })

/**
 * What stays of a fact when its team is forgotten: times, places, checkpoints, points and whatever else places are made
 * of, so that no ranking moves. Null when it says nothing of people, or has been redacted already.
 */
export function withoutPeople(fact: Fact): Fact | null {
  if (fact.redacted) return null
  const bare = bareFact(fact)
  // That its picture is gone is said of every photo, or it would be asked for.
  return fact.type === 'photo' || JSON.stringify(bare) !== JSON.stringify(fact) ? bare : null
}

function bareFact(fact: Fact): Fact {
  switch (fact.type) {
    case 'entry':
    case 'bind': {
      const { kana, ...entry } = fact
      return { ...entry, name: fact.team, members: fact.members.map(nameless) }
    }
    case 'correction':
      return { ...fact, was: bareValue(fact, fact.was), is: bareValue(fact, fact.is) }
    case 'photo': {
      const { _attachments, ...photo } = fact
      return photo
    }
    case 'scan': {
      const { text, ...scan } = fact
      return scan
    }
    case 'reception': {
      const { note, ...reception } = fact
      return reception
    }
    case 'back': {
      const { note, ...back } = fact
      return back
    }
    case 'help': {
      const { text, ...help } = fact
      return help
    }
    case 'review': {
      const { comment, ...review } = fact
      return review
    }
    case 'retire': {
      const { place, ...retire } = fact
      return { ...retire, reason: '' }
    }
    case 'void':
      return { ...fact, reason: '' }
    case 'adjustment':
    case 'ruling':
    case 'timing':
      return { ...fact, reason: taken }
    case 'chat':
      return { ...fact, text: taken }
    case 'answer':
      return { ...fact, answers: {} }
    case 'notice':
      return { ...fact, title: taken, body: '' }
    case 'checkin':
    case 'original':
    case 'arrival':
    case 'read':
    case 'handling':
    case 'collected':
    case 'ask':
      return fact
  }
}

type Correction = FactOf<'correction'>

/** Holds if it held and not if it did not. */
function bareValue({ field, team }: Correction, value: Correction['is']): Correction['is'] {
  if (!fits[field](value)) return null
  if (field === 'name') return team
  if (field === 'kana' || field === 'attention') return ''
  if (field !== 'members') return value
  return (value as unknown as Member[]).map(({ id }) => ({ id, name: taken }))
}

/** How many there are stays, and which of them were there. */
const nameless = ({ id }: Member): Member => ({ id, name: taken })

/**
 * The classes to be written down before ages and genders go: those that the card has because of who its members are.
 * Null when what was entered says the same.
 */
export function frozenClasses(card: Pick<Card, 'classIds'>, entered: readonly string[]): string[] | null {
  return card.classIds.length === entered.length ? null : [...card.classIds]
}
