import type { EntryAnswers, EntryField } from '../../design-docs/entry.ts'
import { isPrintable } from './entry-names.ts'
import type { EntryProblem, Note } from './entry-problems.ts'
import { isPhone } from './entry-texts.ts'

const longest = { text: 200, 'long-text': 2000 }

type AnswersOptions = { of: EntryField['of']; path: string; note: Note }

/** The answers to the organizers' own questions; what was not asked is left out. */
export function checkAnswers(
  given: EntryAnswers = {},
  fields: readonly EntryField[],
  { of, path, note }: AnswersOptions,
): EntryAnswers {
  const kept: EntryAnswers = {}
  for (const field of fields.filter((one) => one.of === of)) {
    const answer = given[field.id]
    const isEmpty = answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)
    if (isEmpty) {
      if (field.required) note(`${path}.${field.id}`, 'missing')
      continue
    }
    const problem = answerProblem(field, answer)
    if (problem) note(`${path}.${field.id}`, problem)
    kept[field.id] = answer
  }
  return kept
}

function answerProblem(field: EntryField, answer: EntryAnswers[string]): EntryProblem | null {
  const { kind, choices = [], min, max } = field
  const isChoice = (id: unknown) => choices.some((choice) => choice.id === id)
  switch (kind) {
    case 'number':
      if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'number'
      if (min !== undefined && answer < min) return 'too-low'
      return max !== undefined && answer > max ? 'too-high' : null
    case 'choice':
      return isChoice(answer) ? null : 'choice'
    case 'choices':
      return Array.isArray(answer) && answer.every(isChoice) ? null : 'choice'
    case 'date':
      return typeof answer === 'string' && isDate(answer) ? null : 'date'
    case 'phone':
      return typeof answer === 'string' && isPhone(answer) ? null : 'phone'
    default:
      if (typeof answer !== 'string') return 'missing'
      if (answer.length > longest[kind]) return 'too-long'
      return isPrintable(kind === 'long-text' ? answer.replace(/[\r\n\t]/g, ' ') : answer) ? null : 'unprintable'
  }
}

/** A day of the calendar as `2026-11-22`. */
function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
