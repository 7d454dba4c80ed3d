import { databaseName } from '../../design-docs/databases.ts'
import type { PhotoFact } from '../../design-docs/facts.ts'
import { shrinkPreview } from '../../functions/develop-photo.ts'
import type { Installation } from '../login/installation.ts'

/**
 * The small picture that came with a photo's record, drawn anew: a device made it, so it may say where, or be anything.
 * Null when there is none, or it is no picture.
 */
export async function previewOf(
  { couch }: Pick<Installation, 'couch'>,
  { _id, event }: Pick<PhotoFact, '_id' | 'event'>,
): Promise<Uint8Array | null> {
  const preview = await couch.database(databaseName(event, 'log')).attachment(_id, 'preview')
  return (preview && (await shrinkPreview(preview)).thumbnail) ?? null
}
