import type { Context, ErrorHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type BadField, errorTable } from '../../design-docs/errors.ts'
import { codeOf, languageOf, wordsOf } from '../gateway/answer-error.ts'

/** The kept routes outside `/api`. */
export const keptPaths = [
  '/register_team',
  '/update_team_name',
  '/generate_scoreboard',
  '/bulk-upload-photos/',
] as const

/** Those that have always been under `/api`, with a slash at the end or without. */
const keptApiPaths = ['/api/confirm-checkin-validation']

const isKeptPath = (path: string) =>
  keptPaths.some((kept) => path === kept || path === `/api${kept}`) || keptApiPaths.includes(path.replace(/\/$/, ''))

/** For `app.onError`: callers of the kept routes hear of errors in their own shape, everyone else as `others` has it. */
export function keptErrors(others: ErrorHandler): ErrorHandler {
  return (error, c) => {
    const answer = others(error, c)
    return isKeptPath(c.req.path) ? keptError(c, error) : answer
  }
}

/** The product's code and words in one line, with the fields concerned. */
function keptError(c: Context, error: Error): Response {
  const { code, figures = {} } = codeOf(error)
  const words = wordsOf(code, languageOf(c.req.header('accept-language')))
  const fields = Array.isArray(figures.fields) ? (figures.fields as BadField[]) : []
  const about = fields.map(({ field, problem }) => `${field}: ${problem}`).join(', ')
  const message = `${code} ${words}${about && ` (${about})`}`
  return c.json({ status: 'ERROR', message }, errorTable[code].status as ContentfulStatusCode)
}
