import { createHash } from 'node:crypto'
import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import {
  type FactOf,
  original as originalSchema,
  type PhotoFact,
  photo as photoSchema,
} from '../../design-docs/facts.ts'
import { factId as idOfFact } from '../../design-docs/ids.ts'
import { heldId } from '../../design-docs/pictures.ts'
import { factId as factIdSchema } from '../../design-docs/primitives.ts'
import { gatheredRead } from '../couch/gathered.ts'
import { movedPhotoId } from '../disputes/write-move.ts'
import type { Installation } from '../login/installation.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { admitPicture } from './admit-picture.ts'
import { forgetHeld, heldError, noteHeld, readHeld } from './held-pictures.ts'
import type { Storage } from './storage.ts'

export type FilmState = { stored: true } | { missing: number[] }
export type Film = { it: Installation; storage: Storage }

/** The photo fact whose original is on its way; only its own device, or an admin, may bring or ask for it. */
export async function findPhoto({ it }: Film, id: string, caller: Caller): Promise<PhotoFact> {
  const fact = await readPhoto(it, caller.event, id)
  if (fact.device !== caller.device && !caller.roles.includes('admin')) throw new AppError('ZK-GATE-004')
  return fact
}

export async function readPhoto(it: Installation, event: string, id: string): Promise<PhotoFact> {
  if (!factIdSchema.safeParse(id).success) throw new AppError('ZK-FILM-001')
  const doc = await gatheredRead(it.couch, databaseName(event, 'log'))(id)
  const parsed = photoSchema.safeParse(doc)
  if (!parsed.success) throw new AppError('ZK-FILM-001')
  return parsed.data
}

/** What is still missing, or `stored`, the receipt after which the device may let go of its copy. */
export async function filmState({ it, storage }: Film, photo: PhotoFact): Promise<FilmState> {
  // The device may let go of what nobody is to keep.
  if (photo.redacted) return { stored: true }
  // Both are asked: after a restore of one of them the phone's copy may be the last.
  const log = it.couch.database(databaseName(photo.event, 'log'))
  if ((await log.get(originalId(photo))) && (await storage.has(originalKey(photo)))) return { stored: true }
  const held = await readHeld(it, photo)
  if (held?.state === 'refused') throw heldError(held)
  // Kept apart, it is no business of the phone's any more.
  if (held?.state === 'infected') return { stored: true }
  const missing = await missingPieces({ storage }, photo)
  if (missing.length > 0) return { missing }
  return held ? { stored: true } : await completeFilm({ it, storage }, photo)
}

/** Pieces of a photo that nobody has brought yet, whether its record is here or waits. */
export async function missingPieces({ storage }: Pick<Film, 'storage'>, photo: PhotoFact): Promise<number[]> {
  const there = new Set(await storage.list(pieceFolder(photo)))
  return photo.pieces.flatMap((_, n) => (there.has(pieceKey(photo, n)) ? [] : [n]))
}

/** Takes one piece in when it is what the photo's record says; the last one missing makes the original. */
export async function takePiece(
  film: Film,
  photo: PhotoFact,
  { n, bytes }: { n: number; bytes: Uint8Array },
): Promise<FilmState> {
  if (photo.pieces[n] === undefined) throw new AppError('ZK-SYS-004', { figures: { pieces: photo.pieces.length } })
  const before = await filmState(film, photo)
  if ('stored' in before) return before
  await keepPiece(film, photo, { n, bytes })
  return await filmState(film, photo)
}

/**
 * Puts the pieces together, looks at the whole, stores it and writes the fact `original`. Its id is made from the photo's, so
 * that two last pieces at once, or a second try after a crash, end in one fact. What is no picture is noted with the
 * reason and not kept; what the scanner found is kept apart; while there is no scanner the pieces stay.
 */
export async function completeFilm({ it, storage }: Film, photo: PhotoFact): Promise<FilmState> {
  const pieces = await Promise.all(photo.pieces.map((_, n) => storage.get(pieceKey(photo, n))))
  if (pieces.some((piece) => piece === null)) {
    // Someone else completed it meanwhile and has cleared the pieces away, or one has vanished and is asked for again.
    if (await storage.has(originalKey(photo))) return { stored: true }
    return { missing: pieces.flatMap((piece, n) => (piece === null ? [n] : [])) }
  }
  const whole = Buffer.concat(pieces.map((piece) => piece ?? new Uint8Array()))
  const isTrue = sha256(whole) === photo.sha256 && whole.length === photo.bytes
  const seen = isTrue ? await admitPicture(it, whole) : ({ problem: 'mismatch' } as const)
  if (seen.problem === undefined) {
    await storage.put(originalKey(photo), whole, seen.contentType)
    await writeOriginal(it, photo)
    await forgetHeld(it, photo)
  } else if (seen.problem === 'unscanned') {
    await noteHeld(it, photo, { state: 'waiting', problem: seen.problem })
    return { stored: true }
  } else if (seen.problem === 'infected') {
    const storageKey = quarantineKey(photo)
    await storage.put(storageKey, whole)
    await noteHeld(it, photo, { state: 'infected', problem: seen.problem, found: seen.found, storageKey })
  } else {
    const held = await noteHeld(it, photo, { state: 'refused', problem: seen.problem })
    await dropPieces({ storage }, photo)
    throw heldError(held)
  }
  await dropPieces({ storage }, photo)
  return { stored: true }
}

async function writeOriginal(it: Installation, photo: PhotoFact): Promise<void> {
  const fact: FactOf<'original'> = originalSchema.parse({
    _id: originalId(photo),
    type: 'original',
    ...serverClaim(photo.event, it.now()),
    ...(photo.team !== undefined && { team: photo.team }),
    photo: photo._id,
    storageKey: originalKey(photo),
  })
  // Null, a conflict, means that it is there.
  await it.couch.database(databaseName(photo.event, 'log')).put(fact)
  const moved = await it.couch.database(databaseName(photo.event, 'desk')).get(movedPhotoId(photo._id))
  if (!moved) return
  // A move that is being written looks for the original itself, once its photo is there.
  const become = await readPhoto(it, photo.event, String(moved.to)).catch(() => null)
  if (become) await writeOriginal(it, become)
}

/** Whether these bytes are the piece that the photo's record names. */
export const isPiece = (photo: PhotoFact, n: number, bytes: Uint8Array): boolean => sha256(bytes) === photo.pieces[n]

/** Keeps a piece that is what the photo's record says; the record itself need not be in the log yet. */
export async function keepPiece(
  { storage }: Pick<Film, 'storage'>,
  photo: PhotoFact,
  { n, bytes }: { n: number; bytes: Uint8Array },
): Promise<void> {
  if (!isPiece(photo, n, bytes)) throw new AppError('ZK-FILM-002', { figures: { piece: n, bytes: bytes.length } })
  await storage.put(pieceKey(photo, n), bytes)
}

/** Looks at a photo that is held again; one that was refused, once its phone sends it again. False when it is not held. */
export async function retryHeld(film: Film, { event, id }: { event: string; id: string }): Promise<boolean> {
  const photo = await readPhoto(film.it, event, id.slice(heldId('').length)).catch(() => null)
  const held = photo && (await readHeld(film.it, photo))
  if (!photo || !held || held.state === 'infected') return false
  if (held.state === 'refused') return await forgetHeld(film.it, photo)
  await completeFilm(film, photo).catch((error: unknown) => {
    // It is noted with its reason.
    if (!(error instanceof AppError)) throw error
  })
  return true
}

/** Forgets the pieces of a photo that nobody will complete. */
export async function dropPieces(
  { storage }: Pick<Film, 'storage'>,
  photo: Pick<PhotoFact, '_id' | 'event'>,
): Promise<void> {
  for (const key of await storage.list(pieceFolder(photo))) await storage.delete(key)
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
export const originalId = (photo: PhotoFact) =>
  idOfFact(photo.team ?? 'staff', 'original', photo._id.slice(photo._id.lastIndexOf(':') + 1))
const originalKey = (photo: PhotoFact) => `${photo.event}/original/${photo.sha256}`
/** Beside everything that is read to be shown. */
const quarantineKey = (photo: PhotoFact) => `${photo.event}/quarantine/${photo._id}`
const pieceFolder = (photo: Pick<PhotoFact, '_id' | 'event'>) => `${photo.event}/film/${photo._id}/`
const pieceKey = (photo: PhotoFact, n: number) => `${pieceFolder(photo)}${n}`
