import { AppError, type ErrorCode } from '../../design-docs/errors.ts'
import type { PhotoFact } from '../../design-docs/facts.ts'
import { type Quarantined, type QuarantinedFilm, quarantined, quarantinedFilm } from '../../design-docs/kept-aside.ts'
import type { Device } from '../../design-docs/office.ts'
import { type Checked, checkFact, type Pusher } from '../gateway/check-fact.ts'
import { type Film, isPiece, keepPiece, readPhoto } from '../images/film.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDoc } from './office.ts'
import { jsonOf, keepUnreadable } from './unreadable.ts'

export const quarantineId = (device: string, fact: string) => `quarantine:${device}:${fact}`
const filmId = (device: string, photo: string) => `quarantine-film:${device}:${photo}`

/** Everything that a device named is in one of the two; only then may it wipe itself. */
export type HandedOver = { kept: string[]; unreadable: { id: string; code: ErrorCode }[] }
export type Handing = { facts: readonly unknown[]; photos: readonly { photo: string; bytes: Uint8Array }[] }

/**
 * Keeps what a removed device still had, so that it may wipe itself. Facts are held to the same rules as a push, and
 * none of them is in the log before an admin says so; what breaks a rule is kept apart, as it came. Handing over twice
 * changes nothing.
 */
export async function takeHandOver(film: Film, device: Device, { facts, photos }: Handing): Promise<HandedOver> {
  const kept: string[] = []
  const unreadable: HandedOver['unreadable'] = []
  for (const doc of facts) {
    const { id, code } = await keepFact(film.it, device, doc)
    if (code === null) kept.push(id)
    else {
      unreadable.push({ id, code })
      await keepUnreadable(film, device, { about: id, code, kind: 'record', content: jsonOf(doc) })
    }
  }
  for (const { photo, bytes } of photos) {
    const code = await keepOriginal(film, device, { photo, bytes })
    if (code === null) kept.push(photo)
    else {
      unreadable.push({ id: photo, code })
      await keepUnreadable(film, device, { about: photo, code, kind: 'original', content: bytes })
    }
  }
  return { kept, unreadable }
}

/** Its id, and why it was not kept; null when it was. */
async function keepFact(
  it: Installation,
  device: Device,
  doc: unknown,
): Promise<{ id: string; code: ErrorCode | null }> {
  const event = String((doc as { event?: unknown } | null)?.event)
  const known = device.grants.some((grant) => grant.event === event)
  const checked = checkedIfShallow(doc, {
    event: known ? event : device.event,
    device: device.device,
    grants: device.grants,
  })
  if (!checked.ok) return checked
  const { _revisions, _rev, ...fact } = checked.fact as typeof checked.fact & { _revisions?: unknown }
  const _id = quarantineId(device.device, fact._id)
  const fresh: Quarantined = {
    _id,
    type: 'quarantine',
    event: fact.event,
    device: device.device,
    factId: fact._id,
    fact,
    rev: _rev,
    receivedAt: it.now(),
    state: 'waiting',
  }
  await amendDoc(it.office, _id, { schema: quarantined, change: (found) => (found ? null : fresh) })
  return { id: fact._id, code: null }
}

/** Nested some thousand times over, a document can be parsed and not be looked at: no fact is so. */
function checkedIfShallow(doc: unknown, pusher: Pusher): Checked {
  try {
    return checkFact(doc, pusher)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { ok: false, id: String((doc as { _id?: unknown })._id), rev: undefined, code: 'ZK-FACT-001' }
  }
}

/** Keeps an original whose record is in the quarantine already, or in the log since before; else says why not. */
async function keepOriginal(
  film: Film,
  device: Device,
  { photo: id, bytes }: { photo: string; bytes: Uint8Array },
): Promise<ErrorCode | null> {
  const photo = await photoHandedOver(film.it, device, id)
  if (!photo) return 'ZK-FILM-001'
  if (bytes.length !== photo.bytes) return 'ZK-FILM-004'
  for (const n of photo.pieces.keys()) {
    const piece = bytes.subarray(n * photo.pieceBytes, (n + 1) * photo.pieceBytes)
    if (!isPiece(photo, n, piece)) return 'ZK-FILM-004'
    await keepPiece(film, photo, { n, bytes: piece })
  }
  await noteFilm(film.it, photo)
  return null
}

/** A photo's record that waits here, or has been in the log since before; null for any but this device's own. */
export async function photoHandedOver(it: Installation, device: Device, id: string): Promise<PhotoFact | null> {
  const waiting = await readDoc(it.office, quarantineId(device.device, id), quarantined)
  const photo = waiting?.fact ?? (await photoInLog(it, device, id))
  return photo?.type === 'photo' && photo.device === device.device ? photo : null
}

/** Notes that all pieces of a photo are here, to be put together once somebody takes them in. */
export async function noteFilm(it: Installation, { _id: photo, device, event }: PhotoFact): Promise<void> {
  const _id = filmId(device, photo)
  const receivedAt = it.now()
  const fresh: QuarantinedFilm = { _id, type: 'quarantine-film', event, device, photo, receivedAt, state: 'waiting' }
  await amendDoc(it.office, _id, { schema: quarantinedFilm, change: (found) => (found ? null : fresh) })
}

async function photoInLog(it: Installation, device: Device, id: string): Promise<PhotoFact | null> {
  for (const event of new Set(device.grants.map((grant) => grant.event))) {
    const found = await readPhoto(it, event, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'ZK-FILM-001') return null
      throw error
    })
    if (found) return found
  }
  return null
}
