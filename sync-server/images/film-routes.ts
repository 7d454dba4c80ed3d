import { Hono } from 'hono'
import { AppError } from '../../design-docs/errors.ts'
import { readBody } from '../gateway/read-body.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { type Film, filmState, findPhoto, takePiece } from './film.ts'
import { uploadPace } from './upload-pace.ts'

/** Originals of photos in pieces, to be mounted at `/api/film`. Sending a piece twice, or late, does no harm. */
export function filmRoutes(film: Film, { perHour }: { perHour?: number | undefined } = {}): Hono<GuardedEnv> {
  const pace = uploadPace({ now: film.it.now, ...(perHour !== undefined && { perHour }) })
  const app = new Hono<GuardedEnv>()

  app.get('/:photo', async (c) => {
    const photo = await findPhoto(film, c.req.param('photo'), c.var.caller)
    return c.json(await filmState(film, photo))
  })

  app.put('/:photo/:piece', async (c) => {
    const piece = c.req.param('piece')
    if (!/^\d{1,3}$/.test(piece)) throw new AppError('ZK-SYS-004')
    const photo = await findPhoto(film, c.req.param('photo'), c.var.caller)
    // By whoever took it: an admin may bring many people's.
    pace.admit(photo.by, photo._id)
    const bytes = await readBody(c.req.raw, photo.pieceBytes)
    return c.json(await takePiece(film, photo, { n: Number(piece), bytes }))
  })

  return app
}
