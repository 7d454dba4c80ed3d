import { type Context, Hono } from 'hono'
import { AppError } from '../../design-docs/errors.ts'
import { type ParcelTaken, parcelTaken } from '../../design-docs/kept-aside.ts'
import type { ParcelNote } from '../../design-docs/parcel.ts'
import { readBody } from '../gateway/read-body.ts'
import { type Film, keepPiece, takePiece } from '../images/film.ts'
import { findDevice } from '../login/devices.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { type Parcel, parcelLimitBytes, readParcel } from './read-parcel.ts'
import { filmSetAside, lookAtParcel, photoOf, takeParcel } from './take-parcel.ts'

/**
 * Files of unsent records, brought in by anyone who may record: head and facts in one body, then the pieces of the
 * originals. To be mounted at `/api/events`.
 */
export function parcelRoutes(film: Film): Hono<GuardedEnv> {
  const { it } = film
  const app = new Hono<GuardedEnv>()

  /** Nested some thousand times over, a document can be parsed and not be looked at: no record is so. */
  const withParcel = async <T>(c: Context<GuardedEnv>, work: (parcel: Parcel) => Promise<T>): Promise<T> => {
    const bytes = await readBody(c.req.raw, parcelLimitBytes)
    const event = c.req.param('event') ?? ''
    const despite = c.var.caller.roles.includes('admin') ? c.req.query('despite') : undefined
    try {
      return await work(await readParcel(it, bytes, { event, despite }))
    } catch (error) {
      throw error instanceof RangeError ? new AppError('ZK-FILE-001', { cause: error }) : error
    }
  }

  app.get('/:event/parcels', async (c) => {
    const event = c.req.param('event')
    const all = (await readDocs(it.office, 'parcel', parcelTaken)).filter((one) => one.event === event)
    const newest = all.sort((a, b) => latest(b) - latest(a)).slice(0, 200)
    return c.json({ parcels: newest.map(noteOf) })
  })

  app.post('/:event/parcels/look', async (c) => c.json(await withParcel(c, (parcel) => lookAtParcel(film, parcel))))

  app.post('/:event/parcels', async (c) =>
    c.json(await withParcel(c, (parcel) => takeParcel(film, parcel, c.var.caller))),
  )

  app.put('/:event/parcels/:parcel/:photo/:piece', async (c) => {
    const { event, parcel, photo: id, piece } = c.req.param()
    const taken = await readDoc(it.office, `parcel:${parcel}`, parcelTaken)
    const isOurs = taken?.event === event && taken.carriers.some(({ device }) => device === c.var.caller.device)
    const device = taken && isOurs && taken.photos.includes(id) ? await findDevice(it, taken.device) : null
    const photo = device ? await photoOf(film, { device, event }, id) : null
    if (!device || !photo) throw new AppError('ZK-PLAN-004')
    if (!/^\d{1,3}$/.test(piece)) throw new AppError('ZK-SYS-004')
    const bytes = await readBody(c.req.raw, photo.pieceBytes)
    if (!device.removed) return c.json(await takePiece(film, photo, { n: Number(piece), bytes }))
    await keepPiece(film, photo, { n: Number(piece), bytes })
    return c.json(await filmSetAside(film, photo))
  })

  return app
}

const latest = ({ carriers }: ParcelTaken) => Math.max(...carriers.map(({ at }) => at))

function noteOf({ _id, device, deviceName, file, files, madeAt, counts, photos, carriers }: ParcelTaken): ParcelNote {
  const id = _id.slice('parcel:'.length)
  return { id, device, deviceName, file, files, madeAt, counts, photos: photos.length, carriers }
}
