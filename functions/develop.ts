import type { ImageDoc } from '../design-docs/derived.ts'
import type { Fact, FactOf, PhotoFact } from '../design-docs/facts.ts'
import { imageId, subjectOf } from '../design-docs/ids.ts'
import { type HeldPicture, heldId, isWebpSize } from '../design-docs/pictures.ts'
import { defineFunction, desk, type Effect, type FunctionContext } from './define.ts'
import { type Developed, developPhoto, type Picture, shrinkPreview } from './develop-photo.ts'

/**
 * Makes pictures of a photo: at once a thumbnail of the preview that came with its record, and of the original, once
 * that is here, a thumbnail and sizes for screens. What cannot be decoded is kept and says so.
 */
export const develop = defineFunction({
  name: 'develop',
  on: { log: ['photo', 'original'], desk: ['held'] },
  key: (doc) => {
    if (doc._id.startsWith(heldId(''))) return heldPhoto(doc._id)
    const fact = doc as Fact
    return fact.type === 'original' ? fact.photo : fact._id
  },
  owns: (place, id) => (place === 'desk' && id.startsWith('image:') ? id.slice('image:'.length) : null),
  // Small, so that a preview does not wait behind many originals, nor a scan behind a machine full of pictures.
  slice: 2,
  async handle(photos, ctx) {
    const effects = photos.map(async (id) => {
      const photo = await ctx.fact(id)
      return photo?.type === 'photo' ? await developed(photo, ctx) : []
    })
    return (await Promise.all(effects)).flat()
  },
})

async function developed(photo: PhotoFact, ctx: FunctionContext): Promise<Effect[]> {
  // Its bytes may be here still, since another team sent the same ones.
  if (photo.redacted) return [putImage(photo, { version: 0, changedAt: photo.redacted.at }, { sizes: [] })]
  const original = await originalOf(photo, ctx)
  const bytes = original && (await ctx.stored(original.storageKey))
  if (!bytes) {
    const made = { ...(await fromPreview(photo, ctx)), ...(await problemOf(photo, ctx)), sizes: [] }
    return [putImage(photo, { version: 0, changedAt: photo.at }, made)]
  }
  const made = await developPhoto(bytes)
  // What only the phone could decode is still shown by its preview.
  const thumbnail = made.thumbnail ?? (await fromPreview(photo, ctx)).thumbnail
  const sizes = made.sizes.map((size) => ({ ...size, storageKey: pictureKey(photo, size.name) }))
  return [
    ...sizes.map(
      ({ name, storageKey, bytes }): Effect => ({
        do: 'store',
        key: storageKey,
        bytes,
        contentType: isWebpSize(name) ? 'image/webp' : 'image/jpeg',
      }),
    ),
    putImage(photo, { version: 1, changedAt: original.at }, { ...made, thumbnail, sizes }),
  ]
}

async function originalOf(photo: PhotoFact, ctx: FunctionContext): Promise<FactOf<'original'> | null> {
  const team = subjectOf(photo._id)
  const facts = (await ctx.factsOf([team])).get(team) ?? []
  return facts.find((fact) => fact.type === 'original' && fact.photo === photo._id) as FactOf<'original'> | null
}

/** Why there is no original though it was sent, for those who judge by the preview alone. */
async function problemOf(photo: PhotoFact, ctx: FunctionContext): Promise<{ problem?: string }> {
  const id = heldId(photo._id)
  const held = (await ctx.deskDocs([id])).get(id) as HeldPicture | undefined
  return held ? { problem: held.problem } : {}
}

/** None of a file that was brought in by hand. */
const heldPhoto = (id: string): string | null => {
  const photo = id.slice(heldId('').length)
  return photo.includes(':photo:') ? photo : null
}

async function fromPreview(photo: PhotoFact, ctx: FunctionContext): Promise<Developed> {
  const preview = photo._attachments ? await ctx.attachment(photo._id, 'preview') : null
  return preview ? await shrinkPreview(preview) : { sizes: [] }
}

/** Made from the photo's id, so that a second run writes over the first. */
const pictureKey = (photo: PhotoFact, size: string) =>
  `${photo.event}/picture/${photo._id}/1-${isWebpSize(size) ? size : `${size}.jpg`}`

type Stored = Omit<Developed, 'sizes'> & { sizes: (Picture & { storageKey: string })[] }

type Made = Pick<ImageDoc, 'version'> & { changedAt: number }

function putImage(photo: PhotoFact, { version, changedAt }: Made, made: Stored): Effect {
  const { event, team, checkin, purpose, takenAt } = photo
  const sizes = made.sizes.map(({ name, storageKey, width, height, bytes }) => [
    name,
    { storageKey, width, height, bytes: bytes.length },
  ])
  const doc: ImageDoc = {
    _id: imageId(photo._id),
    type: 'image',
    event,
    photo: photo._id,
    ...(team !== undefined && { team }),
    ...(checkin !== undefined && { checkin }),
    purpose,
    version,
    changedAt,
    takenAt,
    sizes: Object.fromEntries(sizes),
    ...(made.problem !== undefined && { problem: made.problem }),
    ...(version > 0 && { sha256: photo.sha256 }),
    ...(made.likeness !== undefined && { likeness: made.likeness }),
  }
  const attachments = made.thumbnail && { thumbnail: { contentType: 'image/jpeg', bytes: made.thumbnail } }
  return { do: 'put', at: desk, doc, ...(attachments && { attachments }) }
}
