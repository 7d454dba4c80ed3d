import type { EntryField, EntryForm } from '../../../design-docs/entry.ts'
import type { BadEntryField } from '../../../functions/rules/entry-problems.ts'
import { words } from '../../i18n/entry-words.ts'
import { count } from '../../i18n/format.ts'

/** What is wrong, in words; the server may name a problem that this version does not know. */
export function problemText(
  { field: path, problem }: BadEntryField,
  { members }: Pick<EntryForm, 'members'>,
  field?: EntryField,
): string {
  const t = words.value.problems
  switch (problem) {
    case 'missing':
      return isChosen(path, field) ? t.choose : t.missing
    case 'too-few':
      return t['too-few'](members.min)
    case 'too-many':
      return t['too-many'](members.max)
    case 'too-low':
      return t['too-low'](count(field?.min ?? 0))
    case 'too-high':
      return t['too-high'](count(field?.max ?? 0))
    default:
      return t[problem] ?? t.other
  }
}

const isChosen = (path: string, field?: EntryField) =>
  path === 'classIds' || path.endsWith('.gender') || field?.kind === 'choice' || field?.kind === 'choices'
