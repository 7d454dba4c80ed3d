export type EntryProblem =
  | 'missing'
  | 'full-name'
  | 'katakana'
  | 'mail'
  | 'phone'
  | 'unprintable'
  | 'too-long'
  | 'too-few'
  | 'too-many'
  | 'class'
  | 'class-conditions'
  | 'choice'
  | 'number'
  | 'date'
  | 'too-low'
  | 'too-high'
  | 'consent'

/** What is wrong with one field, by its path: `mail`, `members.0.kana`, `members.1.answers.size`, `consents.photo`. */
export type BadEntryField = { field: string; problem: EntryProblem }

export type Note = (field: string, problem: EntryProblem) => void
