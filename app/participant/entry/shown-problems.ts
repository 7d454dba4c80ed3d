import type { EntryConsent, EntryForm } from '../../../design-docs/entry.ts'
import { isAsked } from '../../../functions/rules/check-entry.ts'
import type { BadEntryField } from '../../../functions/rules/entry-problems.ts'
import { draftOf, type EntryValues } from './entry-values.ts'

type Standing = {
  values: EntryValues
  form: EntryForm
  /** Names of the fields that were left. */
  left: ReadonlySet<string>
  /** It was tried to send all. */
  tried: boolean
}

/**
 * Whether a problem may be said by now: nobody is told of a field that they have not come to, nor that the members do
 * not fit a class before it is known who they are.
 */
export function isShown(one: BadEntryField, all: readonly BadEntryField[], { values, form, left, tried }: Standing) {
  const { field, problem } = one
  const consent = form.consents.find(({ id }) => field === `consents.${id}`)
  if (consent && !consentsToShow(values, form).includes(consent)) return false
  if (tried) return true
  if (problem === 'class-conditions' && all.some((other) => other.field.startsWith('members'))) return false
  return left.has(nameOf(field, values))
}

/** A field's name that stays the same while members before it are removed. */
export const nameOf = (path: string, { members }: EntryValues) =>
  path.replace(/^members\.(\d+)/, (_, n: string) => `member ${members[Number(n)]?.key}`)

/** Consents that concern this team as far as it is known: a guardian is asked for once an age says so. */
export function consentsToShow(values: EntryValues, form: EntryForm): EntryConsent[] {
  const members = draftOf(values, form).members
  const known = form.age === 'required' ? members.filter(({ age }) => age !== undefined) : members
  const ages = known.map(({ age }) => (form.age === 'no' || age === undefined ? {} : { age }))
  return form.consents.filter((one) => isAsked(one, ages))
}
