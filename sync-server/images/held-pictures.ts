import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { PhotoFact } from '../../design-docs/facts.ts'
import { type HeldPicture, heldId, heldPicture, pictureErrors } from '../../design-docs/pictures.ts'
import type { Couch, CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, readDocs } from '../login/office.ts'
import { queueNotice } from '../post/queue-notice.ts'

type Parts = Pick<Installation, 'couch' | 'office' | 'now' | 'random'>
type About = Pick<HeldPicture, 'event' | 'by' | 'sha256' | 'bytes'> &
  Partial<Pick<HeldPicture, 'photo' | 'team' | 'device'>>
type Why = Pick<HeldPicture, 'state' | 'problem'> & Partial<Pick<HeldPicture, 'found' | 'storageKey'>>

const deskOf = ({ couch }: { couch: Couch }, event: string) => couch.database(databaseName(event, 'desk'))

export const readHeld = (parts: { couch: Couch }, { _id, event }: Pick<PhotoFact, '_id' | 'event'>) =>
  readDoc(deskOf(parts, event), heldId(_id), heldPicture)

/** All of an event, whatever became of them. */
export const listHeld = (parts: { couch: Couch }, event: string): Promise<HeldPicture[]> =>
  readDocs(deskOf(parts, event), 'held', heldPicture)

/** Notes why a photo that was sent has no original; noted again, it counts the tries. */
export async function noteHeld(parts: Parts, photo: PhotoFact, why: Why): Promise<HeldPicture> {
  const { _id, event, team, by, device, sha256, bytes } = photo
  return await note(parts, { event, by, device, sha256, bytes, photo: _id, ...(team !== undefined && { team }) }, why)
}

/** The same for a file that somebody brought in by hand. */
export const noteHeldFile = (parts: Parts, about: Omit<About, 'photo' | 'team' | 'device'>, why: Why) =>
  note(parts, about, why)

async function note(parts: Parts, about: About, why: Why): Promise<HeldPicture> {
  const _id = heldId(about.photo ?? `file:${about.sha256}`)
  const at = parts.now()
  const doc = await amendDoc(deskOf(parts, about.event), _id, {
    schema: heldPicture,
    change: (found) => ({
      ...{ _id, type: 'held' as const, ...about, ...why },
      ...{ at: found?.at ?? at, lastAt: at, tries: (found?.tries ?? 0) + 1 },
    }),
  })
  const held = heldPicture.parse(doc)
  if (held.state === 'infected') await tellAdmins(parts, held)
  return held
}

const hourMs = 3_600_000

/** Once an hour and event: a phone with hundreds of such pictures is to use up no account that passcodes need. */
async function tellAdmins(parts: Parts, { event, found = '' }: HeldPicture): Promise<void> {
  const key = `infected:${event}:${Math.floor(parts.now() / hourMs)}`
  await queueNotice(parts, { key, event, occasion: 'infected', infected: { found } })
}

/** The photo is in order now, or is to be looked at anew when it is sent again. False when none was held. */
export async function forgetHeld(parts: { couch: Couch }, of: Pick<PhotoFact, '_id' | 'event'>): Promise<boolean> {
  const found = await readHeld(parts, of)
  if (!found) return false
  const gone = { _id: found._id, _rev: found._rev, _deleted: true } as CouchDoc
  return (await deskOf(parts, of.event).put(gone)) !== null
}

/** What the sender is told. */
export function heldError({ problem }: Pick<HeldPicture, 'problem'>): AppError {
  const code = problem === 'mismatch' ? 'ZK-FILM-004' : problem === 'unscanned' ? 'ZK-FILM-009' : pictureErrors[problem]
  return new AppError(code, { figures: { problem } })
}
