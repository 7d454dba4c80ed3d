import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { GuardedEnv } from '../login/guard.ts'
import { uploadPace } from './upload-pace.ts'

/** More than anyone prepares for an event in an hour; each costs the server a second or two of drawing. */
const picturesAnHour = 120
/** Where the console brings a picture that is drawn anew at once. */
const brought = [
  ['POST', '/events/:event/palettes'],
  ['PUT', '/events/:event/pages/:page/picture'],
  ['PUT', '/events/:event/plan/checkpoints/:number/reference'],
] as const

/** Holds up whoever brings more pictures than that before their bytes are read; to be mounted under `/api` before their routes. */
export function drawingPace({ now }: { now(): number }, perHour = picturesAnHour): Hono<GuardedEnv> {
  const pace = uploadPace({ now, perHour, code: 'ZK-FILM-011' })
  const app = new Hono<GuardedEnv>()
  for (const [method, path] of brought) {
    app.on(method, path, async (c, next) => {
      pace.admit(c.var.caller.account, randomUUID())
      await next()
    })
  }
  return app
}
