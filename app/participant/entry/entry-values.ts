import type { CheckedEntry, EntryAnswers, EntryDraft, EntryField, EntryForm } from '../../../design-docs/entry.ts'
import { isAsked } from '../../../functions/rules/check-entry.ts'

/** Answers as they stand in the inputs: a text, or the ids of what is ticked. */
export type AnswerValues = Readonly<Record<string, string | readonly string[]>>
export type MemberValues = {
  /** Tells members apart on screen while they are added and removed. */
  key: number
  /** What records know the member by, once the entry was sent. */
  id?: string
  name: string
  kana: string
  age: string
  gender: string
  answers: AnswerValues
}
/** What stands in the inputs of the form, as written. */
export type EntryValues = {
  name: string
  kana: string
  mail: string
  phone: string
  classIds: readonly string[]
  members: readonly MemberValues[]
  answers: AnswerValues
  consents: readonly string[]
}

export const emptyMember = (key: number): MemberValues => ({
  key,
  name: '',
  kana: '',
  age: '',
  gender: '',
  answers: {},
})

/** A form as it is opened: as many members as there must be, and the class where there is only one. */
export function emptyValues({ members }: EntryForm, classes: readonly { id: string }[]): EntryValues {
  return {
    name: '',
    kana: '',
    mail: '',
    phone: '',
    classIds: classes.length === 1 ? classes.map(({ id }) => id) : [],
    members: Array.from({ length: members.min }, (_, key) => emptyMember(key)),
    answers: {},
    consents: [],
  }
}

/** What is sent. A number that is none becomes NaN, which the check then names; consents that nobody is asked for go. */
export function draftOf(values: EntryValues, form: EntryForm): EntryDraft {
  const members = values.members.map(({ id, name, kana, age, gender, answers }) => ({
    ...(id && { id }),
    name,
    kana,
    ...(age.trim() !== '' && { age: numberIn(age) }),
    ...(gender && { gender }),
    answers: answersOf(answers, form.fields),
  }))
  const ages = form.age === 'no' ? members.map(() => ({})) : members
  const asked = form.consents.filter((one) => isAsked(one, ages)).map(({ id }) => id)
  return {
    name: values.name,
    kana: values.kana,
    mail: values.mail,
    phone: values.phone,
    classIds: [...values.classIds],
    members,
    answers: answersOf(values.answers, form.fields),
    consents: values.consents.filter((id) => asked.includes(id)),
  }
}

/** The form filled with what was entered before. */
export function valuesOf(entry: CheckedEntry): EntryValues {
  return {
    name: entry.name,
    kana: entry.kana ?? '',
    mail: entry.mail,
    phone: entry.phone ?? '',
    classIds: entry.classIds,
    members: entry.members.map(({ id, name, kana = '', age, gender = '' }, key) => ({
      key,
      id,
      name,
      kana,
      age: age === undefined ? '' : String(age),
      gender,
      answers: textsOf(entry.memberAnswers[id] ?? {}),
    })),
    answers: textsOf(entry.answers),
    consents: entry.consents,
  }
}

/** What is sent of them; a number that is none becomes NaN, which the check then names. */
export function answersOf(values: AnswerValues, fields: readonly EntryField[]): EntryAnswers {
  const isNumber = (id: string) => fields.some((field) => field.id === id && field.kind === 'number')
  const answers = Object.entries(values).flatMap(([id, value]): [string, EntryAnswers[string]][] => {
    if (typeof value !== 'string') return [[id, [...value]]]
    if (value.trim() === '') return []
    return [[id, isNumber(id) ? numberIn(value) : value]]
  })
  return Object.fromEntries(answers)
}

const textsOf = (answers: EntryAnswers): AnswerValues =>
  Object.fromEntries(
    Object.entries(answers).map(([id, value]) => [id, typeof value === 'number' ? String(value) : value]),
  )

const numberIn = (text: string) => Number(text.normalize('NFKC').trim())
