import { databaseName } from '../../design-docs/databases.ts'
import { AppError, type ErrorCode } from '../../design-docs/errors.ts'
import type { PhotoFact } from '../../design-docs/facts.ts'
import {
  type Device,
  type Quarantined,
  type QuarantinedFilm,
  quarantined,
  quarantinedFilm,
} from '../../design-docs/office.ts'
import { checkFact } from '../gateway/check-fact.ts'
import { pushFacts } from '../gateway/push-facts.ts'
import { dropPieces, type Film, filmState, isPiece, keepPiece, readPhoto } from '../images/film.ts'
import { findDevice } from './devices.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDoc, readDocs } from './office.ts'

export type HandedOver = { kept: string[]; refused: { id: string; code: ErrorCode }[] }

const quarantineId = (device: string, fact: string) => `quarantine:${device}:${fact}`
const filmId = (device: string, photo: string) => `quarantine-film:${device}:${photo}`

/**
 * Keeps what a removed device still had, so that it may wipe itself. The facts are held to the same rules as a push, and
 * none of them is in the log before an admin says so. Handing over twice changes nothing.
 */
export async function keepFacts(it: Installation, device: Device, docs: readonly unknown[]): Promise<HandedOver> {
  const kept: string[] = []
  const refused: HandedOver['refused'] = []
  for (const doc of docs) {
    const event = String((doc as { event?: unknown } | null)?.event)
    const known = device.grants.some((grant) => grant.event === event)
    const checked = checkFact(doc, {
      event: known ? event : device.event,
      device: device.device,
      grants: device.grants,
    })
    if (!checked.ok) {
      refused.push({ id: checked.id, code: checked.code })
      continue
    }
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
    kept.push(fact._id)
  }
  return { kept, refused }
}

/** Keeps an original; its record is in the quarantine already, or in the log since before. */
export async function keepOriginal(
  film: Film,
  device: Device,
  { photo: id, bytes }: { photo: string; bytes: Uint8Array },
): Promise<{ ok: true } | { ok: false; code: ErrorCode }> {
  const { it } = film
  const waiting = await readDoc(it.office, quarantineId(device.device, id), quarantined)
  const photo = waiting?.fact ?? (await photoInLog(it, device, id))
  if (photo?.type !== 'photo' || photo.device !== device.device) return { ok: false, code: 'ZK-FILM-001' }
  if (bytes.length !== photo.bytes) return { ok: false, code: 'ZK-FILM-004' }
  for (const n of photo.pieces.keys()) {
    const piece = bytes.subarray(n * photo.pieceBytes, (n + 1) * photo.pieceBytes)
    if (!isPiece(photo, n, piece)) return { ok: false, code: 'ZK-FILM-004' }
    await keepPiece(film, photo, { n, bytes: piece })
  }
  const _id = filmId(device.device, id)
  const fresh: QuarantinedFilm = {
    _id,
    type: 'quarantine-film',
    event: photo.event,
    device: device.device,
    photo: id,
    receivedAt: it.now(),
    state: 'waiting',
  }
  await amendDoc(it.office, _id, { schema: quarantinedFilm, change: (found) => (found ? null : fresh) })
  return { ok: true }
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

const settled =
  (state: 'accepted' | 'discarded') =>
  (found: QuarantinedFilm | null): QuarantinedFilm | null =>
    found && { ...found, state }

type Decision = { event: string; device: string; by: string }

/** Takes everything a device handed over into the log, as received when it was handed over; answers what was refused. */
export async function acceptQuarantine(film: Film, { event, device, by }: Decision): Promise<HandedOver> {
  const { it } = film
  const { facts, films } = await waitingFrom(it, event, device)
  const log = it.couch.database(databaseName(event, 'log'))
  const grants = (await findDevice(it, device))?.grants ?? []
  const kept: string[] = []
  const refused: HandedOver['refused'] = []
  for (const [receivedAt, group] of Map.groupBy(facts, (one) => one.receivedAt)) {
    const result = await pushFacts(it, {
      log,
      docs: group.map(({ fact, rev }) => ({ ...fact, _rev: rev })),
      pusher: { event, device, grants },
      clock: null,
      receivedAt,
      forward: (docs) => log.bulk(docs, { newEdits: false }),
    })
    kept.push(...[...result.written, ...result.known].map(({ _id }) => _id))
    refused.push(...result.refused.map(({ id, code }) => ({ id, code })))
  }
  for (const one of films) {
    const photo = await readPhoto(it, event, one.photo)
    await filmState(film, photo)
    await amendDoc(it.office, one._id, {
      schema: quarantinedFilm,
      change: settled('accepted'),
    })
  }
  await decide(it, facts, { by, state: 'accepted' })
  return { kept, refused }
}

/** Turns down everything that waits from a device. The records stay readable here; the pieces of photos go. */
export async function discardQuarantine(film: Film, { event, device, by }: Decision): Promise<void> {
  const { it } = film
  const { facts, films } = await waitingFrom(it, event, device)
  for (const one of films) {
    await dropPieces(film, { _id: one.photo, event })
    await amendDoc(it.office, one._id, {
      schema: quarantinedFilm,
      change: settled('discarded'),
    })
  }
  await decide(it, facts, { by, state: 'discarded' })
}

/** Everything of an event that waits for a decision. */
export async function waitingFacts(it: Installation, event: string): Promise<Quarantined[]> {
  const all = await readDocs(it.office, 'quarantine', quarantined)
  return all.filter((one) => one.event === event && one.state === 'waiting')
}

async function waitingFrom(it: Installation, event: string, device: string) {
  const ofDevice = (one: { event: string; device: string; state: string }) =>
    one.event === event && one.device === device && one.state === 'waiting'
  const facts = (await readDocs(it.office, `quarantine:${device}`, quarantined)).filter(ofDevice)
  const films = (await readDocs(it.office, `quarantine-film:${device}`, quarantinedFilm)).filter(ofDevice)
  return { facts, films }
}

async function decide(
  it: Installation,
  facts: readonly Quarantined[],
  { by, state }: { by: string; state: 'accepted' | 'discarded' },
): Promise<void> {
  const change = (found: Quarantined | null) => found && { ...found, state, decidedBy: by, decidedAt: it.now() }
  for (const { _id } of facts) await amendDoc(it.office, _id, { schema: quarantined, change })
}
