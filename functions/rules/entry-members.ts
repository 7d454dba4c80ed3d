import type { EntryDraft, EntryForm } from '../../design-docs/entry.ts'
import type { Member } from '../../design-docs/facts.ts'
import { isFullName, tidyName } from './entry-names.ts'
import type { Note } from './entry-problems.ts'
import { checkKana, checkText } from './entry-texts.ts'

const longest = { name: 80, kana: 120 }

/** The members of an entry, names tidied, each with the id by which records will know them. */
export function checkMembers(draft: EntryDraft, form: EntryForm, note: Note): Member[] {
  if (draft.members.length < form.members.min) note('members', 'too-few')
  if (draft.members.length > form.members.max) note('members', 'too-many')
  const ids = memberIds(draft.members)
  return draft.members.map((member, n): Member => {
    const path = `members.${n}`
    const name = checkText(tidyName(member.name), `${path}.name`, { required: true, max: longest.name, note })
    if (name !== '' && form.memberNames === 'full' && !isFullName(name)) note(`${path}.name`, 'full-name')
    const asked = { required: form.kana === 'required', max: longest.kana, note }
    const kana = form.kana === 'no' ? '' : checkKana(member.kana, `${path}.kana`, asked)
    const { age, gender } = member
    if (form.age === 'required' && age === undefined) note(`${path}.age`, 'missing')
    if (age !== undefined && !(Number.isInteger(age) && age >= 0 && age <= 130)) note(`${path}.age`, 'number')
    if (form.gender === 'required' && !gender) note(`${path}.gender`, 'missing')
    if (gender && !isGender(gender)) note(`${path}.gender`, 'choice')
    return {
      id: ids[n] ?? `m${n + 1}`,
      name,
      ...(kana && { kana }),
      ...(form.age !== 'no' && age !== undefined && { age }),
      ...(form.gender !== 'no' && isGender(gender) && { gender }),
    }
  })
}

const isGender = (text: string | undefined): text is 'f' | 'm' | 'x' => text === 'f' || text === 'm' || text === 'x'

/** A member keeps the id that they were given, the others get the next free ones. */
function memberIds(members: EntryDraft['members']): string[] {
  const taken = new Set<string>()
  const kept = members.map(({ id = '' }) => {
    if (!/^m[0-9]{1,3}$/.test(id) || taken.has(id)) return null
    taken.add(id)
    return id
  })
  let next = 1
  return kept.map((id) => {
    if (id !== null) return id
    while (taken.has(`m${next}`)) next++
    taken.add(`m${next}`)
    return `m${next}`
  })
}
