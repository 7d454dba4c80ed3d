import { words } from '../i18n/admin-words.ts'

/** What the server found wrong with a form; the codes are those of `fieldProblems`, or newer. */
export type BadFields = readonly { field: string; problem: string }[]

export const badFieldsOf = (figures: Record<string, unknown>): BadFields =>
  Array.isArray(figures.fields) ? (figures.fields as BadFields) : []

/** What is wrong with a field, or with a part of it, in words; undefined when nothing is. */
export function problemOf(bad: BadFields, field: string): string | undefined {
  const found = bad.find((one) => one.field === field || one.field.startsWith(`${field}.`))
  const t = words.value
  return found && (t.fieldProblems[found.problem] ?? t.fieldBad)
}
