import type { ImageVariant } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { type ImageDoc, image as imageSchema } from '../../design-docs/derived.ts'
import { original as originalSchema, type PhotoFact } from '../../design-docs/facts.ts'
import { imageId } from '../../design-docs/ids.ts'
import { webpOf } from '../../design-docs/pictures.ts'
import { gatheredRead } from '../couch/gathered.ts'
import type { Installation } from '../login/installation.ts'
import { madePicture } from '../palettes/visitors.ts'
import { originalId } from './film.ts'
import { previewOf } from './preview-of.ts'
import type { ByteRange, Storage } from './storage.ts'

export type FoundPicture = {
  version: number
  /** Names these very bytes; never told to a client as it is. */
  name: string
  bytes: number
  /** For those that are small enough to be held. */
  whole(): Promise<Uint8Array | null>
  open(range?: ByteRange): Promise<ReadableStream<Uint8Array> | null>
}
type Parts = { it: Installation; storage: Storage }

/** From the wanted size down: what has not been made yet is stood in for by what there is. */
const ladders: Record<'screen' | 'large', readonly string[]> = {
  large: ['1600', '480'],
  screen: ['480', '1600'],
}

/** The newest picture of a photo in this variant, as WebP for whoever reads it; null when there is none at all. */
export async function pictureOf(
  { it, storage }: Parts,
  photo: PhotoFact,
  variant: ImageVariant,
  { webp = false }: { webp?: boolean } = {},
): Promise<FoundPicture | null> {
  const image = await imageOf(it, photo)
  const version = image?.version ?? 0
  if (variant === 'original') {
    const fact = originalSchema.safeParse(
      await it.couch.database(databaseName(photo.event, 'log')).get(originalId(photo)),
    )
    return fact.success ? await inStorage(storage, fact.data.storageKey, version) : null
  }
  if (variant === 'painted' || variant === 'recoloured' || variant === 'clustered') {
    const made = await madePicture(it, photo.event, { photo: photo._id, size: variant })
    const found = made && (await inStorage(storage, made.storageKey, version))
    return found && { ...found, name: `${found.name}:${made.mark}` }
  }
  const names = variant === 'thumbnail' ? [] : ladders[variant]
  for (const name of names) {
    const made = (webp ? image?.sizes[webpOf(name)] : undefined) ?? image?.sizes[name]
    const found = made && (await inStorage(storage, made.storageKey, version))
    // The key of a size stays when the size is made anew.
    if (found) return { ...found, name: `${found.name}:${version}:${image?._rev}` }
  }
  const desk = it.couch.database(databaseName(photo.event, 'desk'))
  const thumbnail = image?._attachments?.thumbnail ? await desk.attachment(imageId(photo._id), 'thumbnail') : null
  if (thumbnail) return inMemory(thumbnail, { version, name: `thumbnail:${image?._rev}` })
  const preview = await previewOf(it, photo)
  return preview && inMemory(preview, { version, name: `preview:${photo._id}` })
}

export async function imageOf(
  it: Pick<Installation, 'couch'>,
  photo: Pick<PhotoFact, '_id' | 'event'>,
): Promise<ImageDoc | null> {
  const found = imageSchema.safeParse(
    await gatheredRead(it.couch, databaseName(photo.event, 'desk'))(imageId(photo._id)),
  )
  return found.success ? found.data : null
}

async function inStorage(storage: Storage, key: string, version: number): Promise<FoundPicture | null> {
  const bytes = await storage.size(key)
  if (bytes === null) return null
  const whole = () => storage.get(key)
  return { version, name: key, bytes, whole, open: async (range) => (await storage.stream(key, range))?.body ?? null }
}

const inMemory = (bytes: Uint8Array, { version, name }: Pick<FoundPicture, 'version' | 'name'>): FoundPicture => ({
  version,
  name,
  bytes: bytes.length,
  whole: async () => bytes,
  open: async (range) => {
    const part = range ? bytes.subarray(range.from, range.to + 1) : bytes
    return new Blob([new Uint8Array(part)]).stream()
  },
})
