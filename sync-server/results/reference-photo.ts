import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { checkpointId } from '../../design-docs/ids.ts'
import { openPicture } from '../../functions/open-picture.ts'
import type { Couch } from '../couch/client.ts'
import type { Scanning } from '../images/admit-picture.ts'
import { demandPicture } from '../images/demand-picture.ts'

export const maxReferenceBytes = 12 * 1024 * 1024
const longestSidePixels = 1280
const attachment = 'reference'

/** Puts a picture to a checkpoint, shrunk and without its EXIF; ZK-PLAN-002 when it is no picture we can read. */
export async function saveReference(
  { couch, scanning }: { couch: Couch; scanning: Scanning },
  of: { event: string; number: string },
  bytes: Uint8Array,
): Promise<void> {
  await demandPicture(scanning, bytes, { field: 'reference', limitBytes: maxReferenceBytes })
  const picture = await (await openPicture(bytes))
    .resize(longestSidePixels, longestSidePixels, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer()
    .catch((cause: unknown) => {
      throw new AppError('ZK-PLAN-002', { cause, figures: { fields: [{ field: 'reference', problem: 'unreadable' }] } })
    })
  const desk = couch.database(databaseName(of.event, 'desk'))
  for (let round = 0; round < 5; round++) {
    const current = await desk.get(checkpointId(of.number))
    if (!current) throw new AppError('ZK-PLAN-004', { figures: { checkpoint: of.number } })
    const _attachments = { [attachment]: { content_type: 'image/jpeg', data: picture.toString('base64') } }
    if (await desk.put({ ...current, hasReference: true, _attachments })) return
  }
  throw new AppError('ZK-PLAN-001')
}

/** The picture of a checkpoint; ZK-FILM-003 when it has none. */
export async function readReference(couch: Couch, of: { event: string; number: string }): Promise<Uint8Array> {
  const bytes = await couch.database(databaseName(of.event, 'desk')).attachment(checkpointId(of.number), attachment)
  if (!bytes) throw new AppError('ZK-FILM-003')
  return bytes
}
