import type { Answers } from '../../functions/rules/surveys.ts'

/** Answers in the making, kept on the device until they are given: a page that is closed loses nothing. */
export function readKeptAnswers(key: string): Answers | null {
  const text = localStorage.getItem(key)
  if (text === null) return null
  try {
    const kept: unknown = JSON.parse(text)
    return typeof kept === 'object' && kept !== null ? (kept as Answers) : null
  } catch {
    // Cut off in the middle of a write: there is nothing to go on with.
    return null
  }
}

export function keepAnswers(key: string, answers: Answers | null): void {
  if (answers === null) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify(answers))
}
