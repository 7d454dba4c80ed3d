import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { type Caller, type ImageVariant, mayOpenImage } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { offer as offerSchema } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { offerId, subjectOf } from '../../design-docs/ids.ts'
import { askLink, type ImageUpdated, type MadeImageLink } from '../../design-docs/links.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'
import { rateLimit } from '../login/rate-limit.ts'
import { recolouringOf } from '../palettes/recolour.ts'
import { clusteringOf, paintingOf } from '../palettes/visitors.ts'
import { type Film, readPhoto } from './film.ts'
import { makeImageLink } from './image-links.ts'
import { writeProofCookie } from './link-cookie.ts'
import { imageOf, pictureOf } from './picture-of.ts'

type Claim = { ask: string; photo: string; variant: ImageVariant }

/** What was asked for without a signal is fetched by the device that asked, by the same person, while it is offered. */
async function refuseOthers(it: Installation, caller: Caller, { ask, photo, variant }: Claim): Promise<void> {
  const team = subjectOf(ask)
  if (!caller.teams.includes(team)) throw new AppError('ZK-AUTH-002')
  const offer = await readDoc(it.couch.database(databaseName(caller.event, 'team', team)), offerId(ask), offerSchema)
  const fact = await it.couch.database(databaseName(caller.event, 'log')).get(ask)
  if (!offer || offer.until <= it.now() || offer.photo !== photo || offer.variant !== variant)
    throw new AppError('ZK-FILM-003')
  if (offer.device !== caller.device || fact?.by !== caller.account) throw new AppError('ZK-GATE-004')
}

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
    const { variant, for: purpose, ask } = askLink.parse(await c.req.json().catch(() => ({})))
    limit.take(caller.session)
    const photo = await readPhoto(it, caller.event, photoOf(c.req.param('image')))
    if (!mayOpenImage(caller, variant, photo.team)) throw new AppError('ZK-AUTH-002')
    if (ask !== undefined) await refuseOthers(it, caller, { ask, photo: photo._id, variant })
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
    const [image, ...made] = await Promise.all([
      imageOf(it, photo),
      paintingOf(it, caller.event, photo),
      recolouringOf(it, caller.event, photo._id),
      clusteringOf(it, caller.event, photo),
    ])
    const version = image?.version ?? 0
    const state = [image?._rev, ...made.map((one) => one?.mark)].join(' ')
    const etag = `"${createHash('sha256').update(state).digest('base64url').slice(0, 22)}"`
    const answered = { etag, 'cache-control': 'private, no-cache' }
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, answered)
    const since = c.req.query('since')
    if (since !== undefined && !/^\d{1,15}$/.test(since)) throw new AppError('ZK-SYS-004')
    const changes = [image, ...made].flatMap((one) => one?.changedAt ?? [])
    const changedAt = changes.length > 0 ? Math.max(...changes) : null
    const body: ImageUpdated = {
      updated: image !== null && (since === undefined || changedAt === null || changedAt > Number(since)),
      version,
      changedAt,
    }
    return c.json(body, 200, answered)
  })
  return app
}
