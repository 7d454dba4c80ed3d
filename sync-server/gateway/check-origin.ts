import type { Context, MiddlewareHandler } from 'hono'
import { answerError } from './answer-error.ts'

export type OriginOptions = {
  /** Origins besides our own that may call us from a browser, by full name. */
  allowedOrigins: readonly string[]
  publicUrl?: string | undefined
}

const allowedHeaders = 'authorization, content-type, content-encoding, accept-language, x-zekken-clock, x-zekken-app'

/**
 * Answers preflights of allowed origins and turns away every changing request that a browser sends from a page of
 * someone else; a request without `Origin` comes from no page.
 */
export function checkOrigin({ allowedOrigins, publicUrl }: OriginOptions): MiddlewareHandler {
  const ours = publicUrl ? new URL(publicUrl).origin : undefined
  return async (c, next) => {
    const origin = c.req.header('origin')
    const allowed = origin !== undefined && allowedOrigins.includes(origin)
    const changing = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
    const strange = origin === undefined ? isCrossSite(c) : !allowed && !isOwn(c, origin, ours)
    if (changing && strange) return answerError(c, 'ZK-AUTH-002')
    if (c.req.method === 'OPTIONS' && allowed) {
      const methods = { 'access-control-allow-methods': 'GET, POST, PUT, DELETE', 'access-control-max-age': '600' }
      const answer = {
        'access-control-allow-origin': origin,
        'access-control-allow-headers': allowedHeaders,
        vary: 'Origin',
      }
      return c.body(null, 204, { ...answer, ...methods })
    }
    await next()
    c.res.headers.append('vary', 'Origin')
    if (allowed) {
      c.res.headers.set('access-control-allow-origin', origin)
      c.res.headers.set('access-control-expose-headers', 'x-zekken-time')
    }
    return undefined
  }
}

const isCrossSite = (c: Context) => c.req.header('sec-fetch-site') === 'cross-site'

/** Behind a proxy our own name is `PUBLIC_URL`; without one it is the host that was asked. */
function isOwn(c: Context, origin: string, ours: string | undefined): boolean {
  if (origin === ours) return true
  const host = c.req.header('host')
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host
}
