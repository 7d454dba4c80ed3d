import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { mayOpenImage } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { askLink, type ImageUpdated, type MadeImageLink } from '../../design-docs/links.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { rateLimit } from '../login/rate-limit.ts'
import { madePicture } from '../palettes/visitors.ts'
import { type Film, readPhoto } from './film.ts'
import { makeImageLink } from './image-links.ts'
import { writeProofCookie } from './link-cookie.ts'
import { imageOf, pictureOf } from './picture-of.ts'

export type LinkRoutesOptions = { https: boolean; linksPerMinute?: number | undefined }

const photoOf = (image: string) => image.replace(/^image:/, '')

/** Links to pictures, and whether a picture has changed; to be mounted at `/api/images` before the pictures themselves. */
export function imageLinkRoutes(
  { it, storage }: Film,
  { https, linksPerMinute = 300 }: LinkRoutesOptions,
): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  const limit = rateLimit({ tries: linksPerMinute, windowMs: 60_000, now: it.now })

  app.post('/:image/url', async (c) => {
    const { caller } = c.var
    const { variant, for: purpose } = askLink.parse(await c.req.json().catch(() => ({})))
    limit.take(caller.session)
    const photo = await readPhoto(it, caller.event, photoOf(c.req.param('image')))
    if (!mayOpenImage(caller, variant, photo.team)) throw new AppError('ZK-AUTH-002')
    const picture = await pictureOf({ it, storage }, photo, variant)
    if (!picture) throw new AppError('ZK-FILM-003')
    const { _id, team } = photo
    const wanted = { photo: _id, ...(team !== undefined && { team }), variant, for: purpose }
    const { token, until } = await makeImageLink(it, caller, wanted)
    writeProofCookie(c, it, { session: caller.session, https })
    const made: MadeImageLink = { url: `/i/${token}`, until, version: picture.version }
    return c.json(made, 201, { 'cache-control': 'no-store' })
  })

  app.get('/:image/updated', async (c) => {
    const { caller } = c.var
    const photo = await readPhoto(it, caller.event, photoOf(c.req.param('image')))
    if (!mayOpenImage(caller, 'thumbnail', photo.team)) throw new AppError('ZK-AUTH-002')
    const [image, painted] = await Promise.all([
      imageOf(it, photo),
      madePicture(it, caller.event, { photo: photo._id, size: 'painted' }),
    ])
    const version = image?.version ?? 0
    const state = `${image?._rev} ${painted?.mark}`
    const etag = `"${createHash('sha256').update(state).digest('base64url').slice(0, 22)}"`
    const answered = { etag, 'cache-control': 'private, no-cache' }
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, answered)
    const since = c.req.query('since')
    if (since !== undefined && !/^\d{1,15}$/.test(since)) throw new AppError('ZK-SYS-004')
    // When it was painted is written nowhere: whoever has no ETag fetches a painted one again.
    const changedAt = painted ? null : (image?.changedAt ?? null)
    const body: ImageUpdated = {
      updated: image !== null && (since === undefined || changedAt === null || changedAt > Number(since)),
      version,
      changedAt,
    }
    return c.json(body, 200, answered)
  })
  return app
}
