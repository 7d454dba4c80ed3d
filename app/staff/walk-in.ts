import type { Draft } from '../store/types.ts'
import type { Corrected } from './corrections.ts'

export type WalkIn = Corrected & { classId: string; feePaid: boolean }

/** A team that comes without an entry as the facts it is made from: whose bib it is, and that it is here. */
export function walkInFacts(
  { name, kana, members, classId, feePaid }: WalkIn,
  bib: { number: string; issue: number },
): [Draft<'bind'>, Draft<'reception'>] {
  const { number: team, issue } = bib
  const named = members.map(({ kana: reading = '', ...member }) => ({
    ...member,
    name: member.name.trim(),
    ...(reading.trim() && { kana: reading.trim() }),
  }))
  const about = { name: name.trim(), ...(kana.trim() && { kana: kana.trim() }), classIds: [classId], members: named }
  const arrived = named.map(({ id }) => id)
  return [
    { type: 'bind', team, bib: team, issue, ...about },
    { type: 'reception', team, arrived, feePaid },
  ]
}
