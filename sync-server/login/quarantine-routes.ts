import { Hono } from 'hono'
import { z } from 'zod'
import { readJson } from '../gateway/read-body.ts'
import type { Film } from '../images/film.ts'
import { readRemovalOrder } from './devices.ts'
import type { GuardedEnv } from './guard.ts'
import { takeHandOver } from './hand-over.ts'
import { writeAudit } from './office.ts'
import { acceptQuarantine, discardQuarantine, waitingFacts } from './quarantine.ts'
import { readUnreadable, unreadableOf } from './unreadable.ts'

/** What one request may carry; a device with more hands over in several. */
const handOverLimitBytes = 16 * 1_048_576
const handOver = z.object({
  order: z.string().max(2000),
  facts: z.array(z.unknown()).max(5000).default([]),
  /** Originals, base64. */
  photos: z
    .array(z.object({ photo: z.string().max(300), data: z.string().max(14_000_000) }))
    .max(500)
    .default([]),
})

/** Where a removed device leaves what it has, to be mounted at `/api/quarantine`; its order is its ticket. */
export function handOverRoutes(film: Film): Hono {
  const app = new Hono()
  app.post('/', async (c) => {
    const { order, facts, photos } = await readJson(c, handOver, handOverLimitBytes)
    const device = await readRemovalOrder(film.it, order)
    const originals = photos.map(({ photo, data }) => ({ photo, bytes: Buffer.from(data, 'base64') }))
    return c.json(await takeHandOver(film, device, { facts, photos: originals }))
  })
  return app
}

/** What an admin decides about it, to be mounted at `/api/events`. */
export function quarantineRoutes(film: Film): Hono<GuardedEnv> {
  const { it } = film
  const app = new Hono<GuardedEnv>()

  app.get('/:event/quarantine', async (c) => {
    const all = await waitingFacts(it, c.req.param('event'))
    return c.json({
      waiting: all.map(({ device, factId, fact, receivedAt }) => ({ device, factId, fact, receivedAt })),
      unreadable: (await unreadableOf(film, c.req.param('event'))).map(
        ({ _id, _rev, type, event, storageKey, state, ...shown }) => shown,
      ),
    })
  })

  app.get('/:event/quarantine/:device/unreadable/:sha256', async (c) => {
    const bytes = await readUnreadable(film, c.req.param())
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    })
  })

  app.post('/:event/quarantine/:device/accept', async (c) => {
    const { event, device } = c.req.param()
    const by = c.var.caller.account
    const result = await acceptQuarantine(film, { event, device, by })
    const details = { kept: result.kept.length, refused: result.refused.length }
    await writeAudit(it.office, it.now(), { by, action: 'quarantine-accepted', about: device, event, details })
    return c.json(result)
  })

  app.post('/:event/quarantine/:device/discard', async (c) => {
    const { event, device } = c.req.param()
    const by = c.var.caller.account
    await discardQuarantine(film, { event, device, by })
    await writeAudit(it.office, it.now(), { by, action: 'quarantine-discarded', about: device, event })
    return c.body(null, 204)
  })

  return app
}
