import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ZodError } from 'zod'
import { AppError, type ErrorCode, errorTable } from '../../design-docs/errors.ts'
import { CouchError } from '../couch/client.ts'
import { badFields } from './bad-fields.ts'

type Language = 'ja' | 'en'

/** The first language of `Accept-Language` that the product speaks; English when it names none. */
export function languageOf(header: string | undefined): Language {
  const wishes = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean)
    return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
  })
  const best = wishes.filter(({ tag, quality }) => (tag === 'ja' || tag === 'en') && quality > 0)
  best.sort((a, b) => b.quality - a.quality)
  return best[0]?.tag === 'ja' ? 'ja' : 'en'
}

/** The words of a code in the caller's language. */
export const wordsOf = (code: ErrorCode, language: Language) => errorTable[code][language]

/** The one shape of errors on `/api` and `/db`. */
export function errorBody(c: Context, code: ErrorCode, figures?: Record<string, unknown>) {
  const message = wordsOf(code, languageOf(c.req.header('accept-language')))
  return { error: { code, message, ...(figures ? { figures } : {}) } }
}

export function answerError(c: Context, code: ErrorCode, figures?: Record<string, unknown>): Response {
  const waitMs = figures?.retryAfterMs
  if (typeof waitMs === 'number') c.header('retry-after', String(Math.ceil(waitMs / 1000)))
  return c.json(errorBody(c, code, figures), errorTable[code].status as ContentfulStatusCode)
}

/** What the product calls an error that no one expected. */
export function codeOf(error: unknown): { code: ErrorCode; figures?: Record<string, unknown> } {
  if (error instanceof AppError) return { code: error.code, ...(error.figures ? { figures: error.figures } : {}) }
  if (error instanceof ZodError) return { code: 'ZK-SYS-004', figures: { fields: badFields(error) } }
  if (error instanceof HTTPException) return { code: error.status === 413 ? 'ZK-GATE-003' : 'ZK-SYS-004' }
  if (error instanceof CouchError && error.status === 404) return { code: 'ZK-SYS-003' }
  if (isUnreachable(error)) return { code: 'ZK-SYS-002' }
  return { code: 'ZK-SYS-001' }
}

/**
 * For `app.onError`: every error leaves in the product's shape; `report` sees those that are the server's own fault,
 * `note` sees all of them.
 */
export function errorHandler(
  report: (message: string, cause: unknown) => void,
  note: (c: Context, code: ErrorCode, figures?: Record<string, unknown>) => void = () => {},
): ErrorHandler {
  return (error, c) => {
    const { code, figures } = codeOf(error)
    note(c, code, figures)
    if (errorTable[code].status >= 500) report(`${c.req.method} ${c.req.path}: ${code}`, error)
    return answerError(c, code, figures)
  }
}

/** The database is away for the moment: the connection failed, or it says so itself. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof CouchError) return error.status >= 500 || error.status === 429
  return error instanceof TypeError && error.message === 'fetch failed'
}
