import type { ApplicationDraft } from '../../../design-docs/applications.ts'
import type { EntryField } from '../../../design-docs/entry.ts'
import { type AnswerValues, answersOf } from '../entry/entry-values.ts'

/** What stands in the inputs, as written. */
export type ApplyValues = Omit<ApplicationDraft, 'answers'> & { answers: AnswerValues }

export const emptyApplication: ApplyValues = {
  name: '',
  kana: '',
  mail: '',
  wish: 'staff',
  about: '',
  consent: false,
  answers: {},
}

/** Where drafts of applications lie, apart from those of teams: no event's code has a plus sign. */
export const applyShelfName = (event: string) => `${event}+staff`

/** What is sent. */
export const applicationOf = (values: ApplyValues, fields: readonly EntryField[]): ApplicationDraft => ({
  ...values,
  answers: answersOf(values.answers, fields),
})
