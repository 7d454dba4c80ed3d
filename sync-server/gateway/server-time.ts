import type { MiddlewareHandler } from 'hono'

/** Stamps every answer with the server's clock, from which a phone learns how far its own is off. */
export function serverTime(now: () => number): MiddlewareHandler {
  return async (c, next) => {
    await next()
    c.res.headers.set('x-zekken-time', String(now()))
  }
}
