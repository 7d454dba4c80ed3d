import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError, type ErrorCode } from '../../design-docs/errors.ts'
import type { PhotoFact } from '../../design-docs/facts.ts'
import { type ParcelTaken, parcelTaken } from '../../design-docs/kept-aside.ts'
import { account as accountSchema, type Device } from '../../design-docs/office.ts'
import type { ParcelAnswer, ParcelPhoto, ParcelRow } from '../../design-docs/parcel.ts'
import { chatLimit } from '../gateway/chat-limit.ts'
import type { Pusher } from '../gateway/check-fact.ts'
import { pushFacts, type Refusal, sortFacts } from '../gateway/push-facts.ts'
import { noteRefusals } from '../gateway/refused-facts.ts'
import { type Film, type FilmState, filmState, missingPieces, readPhoto } from '../images/film.ts'
import { noteFilm, photoHandedOver, takeHandOver } from '../login/hand-over.ts'
import type { Installation } from '../login/installation.ts'
import { masksOf } from '../login/menu-masks.ts'
import { amendDoc, readDocs, writeAudit } from '../login/office.ts'
import type { Parcel } from './read-parcel.ts'

/** `<device>-<ulid>-<file>`: the same file brought in twice is the same. */
export const parcelName = ({ header }: Parcel) => `${header.device}-${header.parcel}-${header.file}`

/** What would become of every record of a file, and what of its originals is here already. Writes nothing. */
export async function lookAtParcel(film: Film, parcel: Parcel): Promise<ParcelAnswer> {
  const pusher = await pusherOf(film.it, parcel)
  const { fresh, known, refused } = await sortFacts(logOf(film.it, parcel), parcel.docs, { pusher })
  const state = parcel.device.removed ? 'waits' : 'new'
  const photos = new Map([...fresh, ...known].flatMap((fact) => (fact.type === 'photo' ? [[fact._id, fact]] : [])))
  return await answerOf(film, parcel, {
    rows: rowsOf(parcel, { [state]: fresh, known, refused }),
    photoOf: async (id) => photos.get(id) ?? null,
    stateOf: async (photo) => (parcel.device.removed ? await piecesOf(film, photo) : await stateOf(film, photo)),
  })
}

/**
 * Takes the records of a file into the log as their own device would bring them, with the carrier named in their
 * arrivals; those of a removed device wait for an admin. Brought in twice, or by the device itself later, nothing is
 * there twice.
 */
export async function takeParcel(film: Film, parcel: Parcel, caller: Caller): Promise<ParcelAnswer> {
  const { it } = film
  const { header, device, docs } = parcel
  const log = logOf(it, parcel)
  const pusher = await pusherOf(it, parcel)
  const outcome = device.removed
    ? await setAside(film, parcel, pusher)
    : await pushFacts(it, {
        log,
        docs,
        pusher,
        // The device's clock stood so when the file was made, not when it arrived: it tells nothing of the delivery.
        clock: null,
        admits: chatLimit(it),
        carrier: { account: caller.account, device: caller.device },
        forward: (facts) => log.bulk(facts, { newEdits: false }),
      }).then(({ written, known, refused }) => ({ new: written, known, refused }))
  const from: Caller = { ...caller, account: header.by, device: header.device }
  await noteRefusals(it, from, { refused: outcome.refused, docs }).catch((cause: unknown) =>
    it.warn('refusals not noted', cause),
  )
  const rows = rowsOf(parcel, outcome)
  await noteParcel(it, parcel, { caller, rows })
  return await answerOf(film, parcel, {
    rows,
    photoOf: (id) => photoOf(film, { device, event: header.event }, id),
    stateOf: async (photo) => (device.removed ? await filmSetAside(film, photo) : await filmState(film, photo)),
  })
}

/** The photo whose original somebody brings from a file of this device. */
export async function photoOf(
  { it }: Film,
  { device, event }: { device: Device; event: string },
  id: string,
): Promise<PhotoFact | null> {
  const found = device.removed
    ? await photoHandedOver(it, device, id)
    : await readPhoto(it, event, id).catch(nullWhenAbsent)
  return found?.device === device.device ? found : null
}

/** What is still missing of a removed device's photo; once nothing is, it waits like its record. */
export async function filmSetAside(film: Film, photo: PhotoFact): Promise<FilmState> {
  const state = await piecesOf(film, photo)
  if ('stored' in state) await noteFilm(film.it, photo)
  return state
}

async function piecesOf(film: Film, photo: PhotoFact): Promise<FilmState> {
  const missing = await missingPieces(film, photo)
  return missing.length > 0 ? { missing } : { stored: true }
}

const logOf = (it: Installation, { header }: Parcel) => it.couch.database(databaseName(header.event, 'log'))

async function pusherOf(it: Installation, { header, device }: Parcel): Promise<Pusher> {
  const { event } = header
  return { event, device: device.device, grants: device.grants, masks: await masksOf(it, event) }
}

async function setAside(film: Film, parcel: Parcel, pusher: Pusher) {
  const { fresh, known, refused } = await sortFacts(logOf(film.it, parcel), parcel.docs, { pusher })
  const { kept, unreadable } = await takeHandOver(film, parcel.device, { facts: fresh, photos: [] })
  const waits = fresh.filter(({ _id }) => kept.includes(_id))
  return { waits, known, refused: [...refused, ...unreadable.map(({ id, code }) => refusal(id, code))] }
}

const refusal = (id: string, code: ErrorCode): Refusal => ({ ok: false, id, rev: undefined, code })

type Sorted = { [state in 'new' | 'known' | 'waits']?: readonly { _id: string }[] } & { refused: readonly Refusal[] }

function rowsOf({ docs }: Parcel, { refused, ...taken }: Sorted): ParcelRow[] {
  const states = new Map<string, ParcelRow['state']>()
  for (const [state, facts] of Object.entries(taken)) {
    for (const { _id } of facts ?? []) states.set(_id, state as ParcelRow['state'])
  }
  const codes = new Map(refused.map(({ id, code }) => [id, code]))
  return docs.map((doc): ParcelRow => {
    const { _id, type, team, at } = (doc ?? {}) as Record<string, unknown>
    const id = typeof _id === 'string' ? _id.slice(0, 300) : ''
    const code = codes.get(id)
    return {
      id,
      type: typeof type === 'string' ? type.slice(0, 20) : '',
      team: typeof team === 'string' ? team.slice(0, 12) : null,
      at: typeof at === 'number' ? at : null,
      state: code ? 'refused' : (states.get(id) ?? 'refused'),
      ...(code ? { code } : {}),
    }
  })
}

type Findings = {
  rows: ParcelRow[]
  photoOf(id: string): Promise<PhotoFact | null>
  stateOf(photo: PhotoFact): Promise<FilmState>
}

async function answerOf(film: Film, parcel: Parcel, { rows, photoOf, stateOf }: Findings): Promise<ParcelAnswer> {
  const { header, device } = parcel
  const [, ...originals] = header.parts
  const photos = await Promise.all(
    originals.map(async ({ photo: id, sha256 }): Promise<ParcelPhoto> => {
      const photo = await photoOf(id)
      if (!photo) return { photo: id, state: 'refused', missing: [], pieceBytes: 0, code: 'ZK-FILM-001' }
      const { pieceBytes } = photo
      if (photo.sha256 !== sha256) return { photo: id, state: 'refused', missing: [], pieceBytes, code: 'ZK-FILM-004' }
      const state = await stateOf(photo)
      return 'stored' in state
        ? { photo: id, state: 'stored', missing: [], pieceBytes }
        : { photo: id, state: 'missing', missing: state.missing, pieceBytes }
    }),
  )
  return {
    id: parcelName(parcel),
    device: {
      id: device.device,
      name: device.name,
      holders: await holdersOf(film.it, parcel),
      removed: device.removed !== undefined,
    },
    madeAt: header.madeAt,
    file: header.file,
    files: header.files,
    rows,
    photos,
  }
}

/** Before its record is in the log a photo has no state; its pieces may be there all the same. */
async function stateOf(film: Film, photo: PhotoFact): Promise<FilmState> {
  const there = await readPhoto(film.it, photo.event, photo._id).catch(nullWhenAbsent)
  return there ? await filmState(film, photo) : { missing: await missingPieces(film, photo) }
}

async function holdersOf(it: Installation, { header, device }: Parcel): Promise<string[]> {
  const here = new Set(device.grants.filter(({ event }) => event === header.event).map(({ account }) => account))
  const accounts = await readDocs(it.office, 'account', accountSchema)
  return accounts.filter(({ account }) => here.has(account)).map(({ name }) => name)
}

async function noteParcel(
  it: Installation,
  parcel: Parcel,
  { caller, rows }: { caller: Caller; rows: readonly ParcelRow[] },
): Promise<void> {
  const { header } = parcel
  const _id = `parcel:${parcelName(parcel)}`
  const now = it.now()
  const carrier = { account: caller.account, device: caller.device, at: now }
  const countOf = (state: ParcelRow['state']) => rows.filter((row) => row.state === state).length
  let isNew = false
  const counts = { new: countOf('new'), known: countOf('known'), waits: countOf('waits'), refused: countOf('refused') }
  await amendDoc(it.office, _id, {
    schema: parcelTaken,
    change(found): ParcelTaken | null {
      isNew = !found
      if (found?.carriers.some(({ device }) => device === caller.device)) return null
      if (found) return { ...found, carriers: [...found.carriers, carrier].slice(0, 20) }
      const { event, device, deviceName, file, files, madeAt } = header
      const [, ...originals] = header.parts
      const photos = originals.map(({ photo }) => photo)
      const said = { event, device, deviceName, file, files, madeAt, photos, counts }
      return { _id, type: 'parcel', ...said, carriers: [carrier] }
    },
  })
  if (!isNew) return
  const { event, device } = header
  const details = { file: header.file, files: header.files, ...counts }
  await writeAudit(it.office, now, { by: caller.account, action: 'parcel-taken', about: device, event, details })
}

function nullWhenAbsent(error: unknown): null {
  if (error instanceof AppError && error.code === 'ZK-FILM-001') return null
  throw error
}
