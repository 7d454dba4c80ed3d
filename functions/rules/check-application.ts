import type { ApplicationDraft, WishedRole } from '../../design-docs/applications.ts'
import type { EntryAnswers, EntryField } from '../../design-docs/entry.ts'
import { checkAnswers } from './entry-answers.ts'
import { isFullName, isPrintable, tidyName } from './entry-names.ts'
import type { BadEntryField, Note } from './entry-problems.ts'
import { checkKana, checkMail, checkText } from './entry-texts.ts'

export type CheckedApplication = {
  name: string
  kana: string
  mail: string
  wish: WishedRole
  about: string
  answers: EntryAnswers
}
type Asked = { memberNames: 'full' | 'single'; fields: readonly EntryField[] }

export const longestAbout = 500
const longest = { name: 80, kana: 120 }

/** What may be wished for: every role of people who work on an event but the one with all rights. */
export const wishes: readonly WishedRole[] = ['staff', 'core', 'corner', 'judge']
const isWish = (text: string): text is WishedRole => (wishes as readonly string[]).includes(text)

/** Checks an application, the same on the phone and on the server, by the rules of an entry; all that is wrong at once. */
export function checkApplication(
  draft: ApplicationDraft,
  { memberNames, fields }: Asked,
): { ok: true; application: CheckedApplication } | { ok: false; bad: BadEntryField[] } {
  const bad: BadEntryField[] = []
  const note: Note = (field, problem) => void bad.push({ field, problem })
  const name = checkText(tidyName(draft.name), 'name', { required: true, max: longest.name, note })
  if (name !== '' && memberNames === 'full' && !isFullName(name)) note('name', 'full-name')
  const kana = checkKana(draft.kana, 'kana', { required: true, max: longest.kana, note })
  const mail = checkMail(draft.mail, note)
  const { wish } = draft
  if (!isWish(wish)) note('wish', wish === '' ? 'missing' : 'choice')
  const about = tidyAbout(draft.about)
  if (about.length > longestAbout) note('about', 'too-long')
  else if (!isPrintable(about.replace(/[\n\t]/g, ' '))) note('about', 'unprintable')
  const answers = checkAnswers(draft.answers, fields, { of: 'staff', path: 'answers', note })
  if (!draft.consent) note('consent', 'consent')
  return bad.length > 0 || !isWish(wish)
    ? { ok: false, bad }
    : { ok: true, application: { name, kana, mail, wish, about, answers } }
}

/** Several lines as they are kept, whatever ended them. */
export const tidyAbout = (text: string) => text.replace(/\r\n?/g, '\n').trim()
