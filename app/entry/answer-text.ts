import type { EntryAnswers, EntryField } from '../../design-docs/entry.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/entry-words.ts'

/** An answer to a question of the organizers as people read it; nothing where there is none. */
export function answerText({ choices = [] }: EntryField, answer: EntryAnswers[string] | undefined): string {
  if (answer === undefined) return ''
  const choice = (id: string) => {
    const known = choices.find((one) => one.id === id)
    return known ? said(known.label) : id
  }
  if (Array.isArray(answer)) return answer.map(choice).join(words.value.listSeparator)
  return typeof answer === 'string' && choices.length > 0 ? choice(answer) : String(answer)
}
