import type { CheckedEntry, EntryConsent, EntryDraft, EntryForm } from '../../design-docs/entry.ts'
import type { Member } from '../../design-docs/facts.ts'
import type { EventClass } from '../../design-docs/plan.ts'
import { meets } from './classes-of.ts'
import { checkAnswers } from './entry-answers.ts'
import { checkMembers } from './entry-members.ts'
import { tidyText } from './entry-names.ts'
import type { BadEntryField, Note } from './entry-problems.ts'
import { checkKana, checkMail, checkPhone, checkText } from './entry-texts.ts'

type Plan = { form: EntryForm; classes: readonly EventClass[] }

const longest = { name: 120, kana: 200 }

/** Checks a draft against what the event asks, the same on the phone and on the server; all that is wrong at once. */
export function checkEntry(
  draft: EntryDraft,
  { form, classes }: Plan,
): { ok: true; entry: CheckedEntry } | { ok: false; bad: BadEntryField[] } {
  const bad: BadEntryField[] = []
  const note: Note = (field, problem) => void bad.push({ field, problem })
  const name = checkText(tidyText(draft.name), 'name', { required: true, max: longest.name, note })
  const kana = form.kana === 'no' ? '' : checkKana(draft.kana, 'kana', { required: false, max: longest.kana, note })
  const members = checkMembers(draft, form, note)
  const mail = checkMail(draft.mail, note)
  const phone = form.phone === 'no' ? '' : checkPhone(draft.phone, form.phone === 'required', note)
  const classIds = checkClasses(draft, members, { form, classes, note })
  const answers = checkAnswers(draft.answers, form.fields, { of: 'entry', path: 'answers', note })
  const memberAnswers = draft.members.map((member, n) =>
    checkAnswers(member.answers, form.fields, { of: 'member', path: `members.${n}.answers`, note }),
  )
  const consents = checkConsents(draft.consents ?? [], members, { consents: form.consents, note })
  if (bad.length > 0) return { ok: false, bad }
  const answered = members.flatMap(({ id }, n) =>
    Object.keys(memberAnswers[n] ?? {}).length ? [[id, memberAnswers[n]]] : [],
  )
  const optional = { ...(kana && { kana }), ...(phone && { phone }) }
  const entry = {
    name,
    ...optional,
    classIds,
    members,
    mail,
    answers,
    memberAnswers: Object.fromEntries(answered),
    consents,
  }
  return { ok: true, entry }
}

function checkClasses(
  draft: EntryDraft,
  members: readonly Member[],
  { form, classes, note }: Plan & { note: Note },
): string[] {
  const classIds = [...new Set(draft.classIds)]
  if (classIds.length === 0) note('classIds', 'missing')
  const open = classes.filter(({ id }) => form.classIds?.includes(id) ?? true)
  const chosen = classIds.map((id) => open.find((one) => one.id === id))
  if (chosen.includes(undefined)) note('classIds', 'class')
  // With ages or genders not asked, only a person can tell who fits.
  const known = { minAge: form.age === 'required', maxAge: form.age === 'required', gender: form.gender === 'required' }
  for (const one of chosen) {
    const conditions = Object.entries(one?.fits ?? {}).filter(([key]) => known[key as keyof typeof known] ?? true)
    if (!meets(members, Object.fromEntries(conditions))) note('classIds', 'class-conditions')
  }
  return classIds
}

type ConsentOptions = { consents: readonly EntryConsent[]; note: Note }

/** A guardian is asked when a member is too young, or may be: when an age is not known. */
export const isAsked = ({ untilAge }: EntryConsent, members: readonly Pick<Member, 'age'>[]) =>
  untilAge === undefined || members.some(({ age }) => age === undefined || age < untilAge)

function checkConsents(
  given: readonly string[],
  members: readonly Member[],
  { consents, note }: ConsentOptions,
): string[] {
  for (const one of consents) {
    if (one.required && isAsked(one, members) && !given.includes(one.id)) note(`consents.${one.id}`, 'consent')
  }
  return consents.flatMap(({ id }) => (given.includes(id) ? [id] : []))
}
