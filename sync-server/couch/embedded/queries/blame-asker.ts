import { badRequest } from '../routing/refusal.ts'

/** Failures of the disk carry names of their own; these are what a wrong question makes PouchDB throw. */
const ofQuestions = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError'])

/** Asks PouchDB, which says what is wrong with a question in errors without a status: to the asker they are a 400. */
export async function blameAsker<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof Error && !('status' in error) && ofQuestions.has(error.name)) throw badRequest(error.message)
    throw error
  }
}
