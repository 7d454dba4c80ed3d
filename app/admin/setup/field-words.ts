import { words } from '../../i18n/admin-words.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { setupWords } from '../../i18n/setup-words.ts'

/** Fields whose label in the form is under another word than the field's own name. */
const labels = {
  points: 'checkpointPoints',
  limitMinutes: 'limit',
  id: 'classId',
  'name.ja': 'nameJa',
  'name.en': 'nameEn',
  'mustShow.ja': 'mustShowJa',
  'mustShow.en': 'mustShowEn',
} as const

/** What the form calls a field of the plan; of a class, with its code before it. The path itself where no form has it. */
export function fieldName(path: string): string {
  const t: Record<string, unknown> = setupWords.value
  const steps = path.split('.')
  const last = steps.at(-1) ?? path
  const pair = steps.slice(-2).join('.')
  const key = (labels as Record<string, string>)[pair] ?? (labels as Record<string, string>)[last] ?? last
  const name = steps[0] === 'classes' && last === 'startsAt' ? t.classStart : t[key]
  if (typeof name !== 'string') return path
  return steps[0] === 'classes' && steps.length > 2 ? `${setupWords.value.parts.classes} ${steps[1]}: ${name}` : name
}

/** A value as the form shows it: times on the event's clock, choices in words. */
export function valueInWords(path: string, value: unknown, timeZone?: string): string {
  const t = setupWords.value
  const last = path.split('.').at(-1) ?? ''
  if (value === undefined || value === null) return words.value.none
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'number' && /(?:At|Until)$|^retention$/.test(last)) return dayAndTime(value, timeZone)
  const choices: Record<string, Record<string, string>> = {
    phase: words.value.phases,
    kind: t.kinds,
    gender: t.genders,
  }
  if (typeof value === 'string') return choices[last]?.[value] ?? value
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}
