import type { MiddlewareHandler } from 'hono'
import { AppError } from '../../design-docs/errors.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { readBody } from './read-body.ts'

/**
 * Lets every route read its body as if it had not been gzipped, and none read more than `limitBytes`. Only for known
 * callers: routes open to anyone have their own, tighter limits.
 */
export function unpackedBody(limitBytes: number): MiddlewareHandler<GuardedEnv> {
  return async (c, next) => {
    const declared = Number(c.req.header('content-length') ?? 0)
    if (declared > limitBytes) throw new AppError('ZK-GATE-003', { figures: { bytes: declared, limitBytes } })
    if (c.var.caller && c.req.header('content-encoding')) {
      const body = await readBody(c.req.raw, limitBytes)
      const headers = new Headers(c.req.raw.headers)
      headers.delete('content-encoding')
      headers.set('content-length', String(body.length))
      const { method, signal } = c.req.raw
      c.req.raw = new Request(c.req.url, { method, headers, signal, body: new Uint8Array(body) })
    }
    await next()
  }
}
