import type { MiddlewareHandler } from 'hono'

/** Answers are for one caller at one time: no cache keeps them unless the route says otherwise. */
export const keptNowhere: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
}
