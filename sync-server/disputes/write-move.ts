import { databaseName } from '../../design-docs/databases.ts'
import { type FactOf, original as originalSchema, type PhotoFact } from '../../design-docs/facts.ts'
import { factId } from '../../design-docs/ids.ts'
import type { Couch, CouchDoc } from '../couch/client.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { writeFactsOnce } from '../setup/write-facts-once.ts'
import type { Moved } from './move-facts.ts'

/** In `desk`: which photo a photo has become, so that an original which is still on its way finds it. */
export const movedPhotoId = (photo: string) => `moved-photo:${photo}`

/**
 * Writes a move. Nothing of it twice, and the rest of it when it was broken off: first where photos went, then the new
 * facts and the void, then the originals that are here already; those that come later are told by the film.
 */
export async function writeMove(couch: Couch, moved: Moved, nowMs: number): Promise<void> {
  const { event } = moved.checkin
  const log = couch.database(databaseName(event, 'log'))
  const desk = couch.database(databaseName(event, 'desk'))
  for (const { _id, movedFrom = '' } of moved.photos)
    await desk.put({ _id: movedPhotoId(movedFrom), type: 'moved-photo', event, to: _id })
  const photos = await Promise.all(moved.photos.map((photo) => withPreview(couch, photo)))
  await writeFactsOnce(couch, event, [moved.checkin, ...photos, moved.undo])
  for (const photo of moved.photos) {
    const arrived = await log.get(originalIdOf(photo.movedFrom ?? ''))
    if (arrived) await writeFactsOnce(couch, event, [originalOf(photo, String(arrived.storageKey), nowMs)])
  }
}

async function withPreview(couch: Couch, photo: PhotoFact): Promise<CouchDoc> {
  const { movedFrom = '' } = photo
  const bytes = await couch.database(databaseName(photo.event, 'log')).attachment(movedFrom, 'preview')
  if (!bytes) return photo
  const preview = { content_type: 'image/jpeg', data: Buffer.from(bytes).toString('base64') }
  return { ...photo, _attachments: { preview } }
}

const originalIdOf = (photo: string) => {
  const [team = '', , tail = ''] = photo.split(':')
  return factId(team, 'original', tail)
}

/** The record of the same stored bytes under the photo that it has become. */
const originalOf = ({ _id, event, team }: PhotoFact, storageKey: string, nowMs: number): FactOf<'original'> =>
  originalSchema.parse({
    _id: originalIdOf(_id),
    type: 'original',
    ...serverClaim(event, nowMs),
    team,
    photo: _id,
    storageKey,
  })
