import { type Context, Hono } from 'hono'
import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { image as imageSchema } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { webpOf } from '../../design-docs/pictures.ts'
import { pictureType } from '../../functions/rules/picture-type.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { type Film, readPhoto } from './film.ts'
import { previewOf } from './preview-of.ts'
import { readsWebp } from './reads-webp.ts'

const madeByPalettes = new Set(['painted', 'recoloured', 'clustered'])
const lookers = ['judge', 'admin', 'core'] as const

/**
 * Pictures of the review and previews in lists, by the id of their `image` document and the name of a size, to be mounted
 * at `/api/images`: bound to the session by its token, since a judge looks through hundreds. Until the server has made
 * that size, and to a team's own phones, it answers the preview that came with the photo's record.
 */
export function imageRoutes({ it, storage }: Film): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  app.get('/:image/:size', async (c) => {
    const { caller } = c.var
    const size = c.req.param('size')
    const photo = await readPhoto(it, caller.event, c.req.param('image').replace(/^image:/, ''))
    if (!maySee(caller, photo.team)) throw new AppError('ZK-AUTH-002')
    // What was made by palettes opens by a link alone.
    if (madeByPalettes.has(size)) throw new AppError('ZK-FILM-003')
    const desk = it.couch.database(databaseName(caller.event, 'desk'))
    const made = imageSchema.safeParse(await desk.get(`image:${photo._id}`))
    const sizes = made.success ? made.data.sizes : {}
    // A team's own phones fetch anything larger by links.
    const isStored = size !== 'preview' && mayLookThrough(caller)
    const stored = (readsWebp(c.req.header('accept')) ? sizes[webpOf(size)] : undefined) ?? sizes[size]
    const found = stored && isStored ? await storage.stream(stored.storageKey) : null
    if (found) return await answerPicture(c, found.body, { bytes: found.bytes, etag: String(stored?.storageKey) })
    const preview = await previewOf(it, photo)
    if (!preview) throw new AppError('ZK-FILM-003')
    const body = new Blob([new Uint8Array(preview)]).stream()
    return await answerPicture(c, body, { bytes: preview.length, etag: `preview:${photo._id}` })
  })
  return app
}

const mayLookThrough = ({ roles }: Caller) => lookers.some((role) => roles.includes(role))

function maySee(caller: Caller, team: string | undefined): boolean {
  return mayLookThrough(caller) || (team !== undefined && caller.teams.includes(team))
}

/** The type comes from the bytes; what is no picture is never served as one. */
async function answerPicture(
  c: Context,
  body: ReadableStream<Uint8Array>,
  { bytes, etag }: { bytes: number; etag: string },
): Promise<Response> {
  const reader = body.getReader()
  const first = await reader.read()
  const type = first.value ? pictureType(first.value) : null
  if (type === null) {
    await reader.cancel()
    throw new AppError('ZK-FILM-003')
  }
  const whole = new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.value) controller.enqueue(first.value)
    },
    async pull(controller) {
      const { done, value } = await reader.read()
      return done ? controller.close() : controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  const headers = {
    'content-type': type,
    'content-length': String(bytes),
    etag: `"${Buffer.from(etag).toString('base64url')}"`,
    'cache-control': 'private, max-age=300',
    vary: 'accept',
  }
  return c.body(whole, 200, headers)
}
