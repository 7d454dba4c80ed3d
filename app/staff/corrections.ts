import type { Card } from '../../design-docs/derived.ts'
import type { Member } from '../../design-docs/facts.ts'
import type { Draft } from '../store/types.ts'

export type Corrected = { name: string; kana: string; attention: string; members: readonly Member[] }
export type CorrectionProblem = 'name-needed' | 'kana-wrong' | 'too-many'

/** Full-width katakana, the long vowel, the middle dot and spaces. */
const katakana = /^[\u30a1-\u30fe\s\u3000]*$/

/** Hiragana and half-width katakana are what people type; the record holds full-width katakana. */
export const toKatakana = (text: string): string =>
  text.normalize('NFKC').replace(/[\u3041-\u3096]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0x60))

/** What stops the form, by the key of its field: `name`, `kana`, or a member's id. */
export function problemsOf({ name, kana, members }: Corrected): Map<string, CorrectionProblem> {
  const problems = new Map<string, CorrectionProblem>()
  if (name.trim() === '') problems.set('name', 'name-needed')
  if (!katakana.test(kana)) problems.set('kana', 'kana-wrong')
  for (const member of members) {
    if (member.name.trim() === '') problems.set(member.id, 'name-needed')
    else if (!katakana.test(member.kana ?? '')) problems.set(`${member.id}.kana`, 'kana-wrong')
  }
  if (members.length > 50) problems.set('members', 'too-many')
  return problems
}

/** One correction for each field that changed: what it was as this phone knew it, and what it is. */
export function correctionsOf(card: Card, next: Corrected): Draft<'correction'>[] {
  const members = next.members.map(({ kana, ...member }) => {
    const { kana: _, ...rest } = { ...member, kana: undefined }
    return { ...rest, name: member.name.trim(), ...(kana?.trim() && { kana: kana.trim() }) }
  })
  const fields = [
    { field: 'name', was: card.name, is: next.name.trim() },
    { field: 'kana', was: card.kana ?? '', is: next.kana.trim() },
    { field: 'attention', was: card.attention ?? '', is: next.attention.trim() },
    { field: 'members', was: card.members, is: members },
  ] as const
  return fields
    .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is))
    .map(({ field, was, is }) => ({ type: 'correction', team: card.team, field, was, is }) as Draft<'correction'>)
}

/** An id that no member of the team has had. */
export function newMemberId(members: readonly Member[]): string {
  let n = members.length + 1
  while (members.some(({ id }) => id === `m${n}`)) n++
  return `m${n}`
}
