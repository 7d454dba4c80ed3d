import { imageId, paletteId, palettePlanId, recolouredId, recolourId } from '../design-docs/ids.ts'
import type { PaletteDoc, PalettePlan, RecolourDoc, RecolouredDoc } from '../design-docs/palettes.ts'
import { settingValue } from '../design-docs/settings.ts'
import { type Doc, defineFunction, desk, type Effect, type FunctionContext } from './define.ts'
import { inPictureThread } from './in-picture-thread.ts'
import { pictureMark } from './picture-mark.ts'
import { picturesOf } from './pictures-to-paint.ts'
import type { PaintStyle } from './rules/paint.ts'

const styleKey = 'setting:portrait.style'

/**
 * Paints a picture, whichever it is of, in the colours of the one palette that organizers chose for it; anew when the
 * choice, the picture, the palette or the style is another. The unit of work is a photo; a palette and the style stand for
 * all photos that are painted by them.
 */
export const recolour = defineFunction({
  name: 'recolour',
  on: { desk: ['recolour', 'image', 'palette', 'setting'] },
  key: ({ _id }) => {
    if (_id.startsWith(paletteId('')) || _id === styleKey) return _id
    const [prefix] = [recolourId(''), imageId('')].filter((one) => _id.startsWith(one))
    return prefix === undefined ? null : _id.slice(prefix.length)
  },
  owns: (place, id) => (place === 'desk' && id.startsWith(recolouredId('')) ? id.slice(recolouredId('').length) : null),
  slice: 8,
  paceMs: 300,
  async handle(keys, ctx) {
    const causes = new Set(keys.filter((key) => key.startsWith(paletteId('')) || key === styleKey))
    const photos = keys.filter((key) => !causes.has(key))
    const docs = await ctx.deskDocs(photos.flatMap((photo) => [recolourId(photo), recolouredId(photo)]))
    const { settings } = await ctx.plan()
    const style = settingValue('portrait.style', settings.get('portrait.style')) as PaintStyle
    const styleAt = settings.get('portrait.style')?.changedAt ?? 0
    const effects = photos.map((photo) => {
      const wanted = docs.get(recolourId(photo)) as RecolourDoc | undefined
      const standing = docs.get(recolouredId(photo)) as RecolouredDoc | undefined
      return painted({ photo, wanted, standing, style, styleAt }, ctx)
    })
    return (await Promise.all([...effects, concerned(causes, ctx)])).flat()
  },
})

/** Their turn comes one by one, so that a palette on hundreds of pictures holds nothing up. */
async function concerned(causes: ReadonlySet<string>, ctx: FunctionContext): Promise<Effect[]> {
  if (causes.size === 0) return []
  const docs = [...(await ctx.deskDocs(await ctx.deskIds(recolourId('')))).values()] as RecolourDoc[]
  const isMeant = ({ palette }: RecolourDoc) =>
    palette !== null && (causes.has(styleKey) || causes.has(paletteId(palette)))
  return docs.filter(isMeant).map(({ photo }) => ({ do: 'wake', key: photo, at: ctx.now() }))
}

type Task = {
  photo: string
  wanted: RecolourDoc | undefined
  standing: RecolouredDoc | undefined
  style: PaintStyle
  styleAt: number
}

async function painted({ photo, wanted, standing, style, styleAt }: Task, ctx: FunctionContext): Promise<Effect[]> {
  const id = recolouredId(photo)
  const storageKey = `${ctx.event}/picture/${photo}/recoloured`
  const gone: Effect[] = standing
    ? [
        { do: 'unstore', key: storageKey },
        { do: 'remove', at: desk, id },
      ]
    : []
  const chosen = wanted?.palette
  if (!wanted || !chosen) return gone
  const image = (await ctx.images([imageId(photo)])).get(imageId(photo))
  const docs = await ctx.deskDocs([paletteId(chosen), palettePlanId(chosen)])
  const colours = ((docs.get(paletteId(chosen)) as PaletteDoc | undefined)?.colours ?? []).map(({ hex }) => hex).sort()
  const pictures = image && colours.length > 0 ? await picturesOf(image, ctx) : null
  if (!image || !pictures) return gone
  const doc: RecolouredDoc = {
    _id: id,
    type: 'recoloured',
    event: ctx.event,
    photo,
    ...(image.team !== undefined && { team: image.team }),
    takenAt: image.takenAt,
    palette: chosen,
    mark: pictureMark(photo, image.sha256, colours, style),
    changedAt: Math.max(wanted.at, styleAt, image.changedAt ?? 0, changedAt(docs.get(palettePlanId(chosen)))),
    sizes: {},
  }
  const same = standing && (await standingPicture(doc, standing, ctx))
  if (same) return [same]
  const made = await inPictureThread({ do: 'paint', ...pictures, colours, style })
  const { width, height, bytes, contentType } = made.large
  const sizes = { recoloured: { storageKey, width, height, bytes: bytes.length } }
  return [
    { do: 'store', key: storageKey, bytes, contentType },
    { do: 'put', at: desk, doc: { ...doc, sizes } as RecolouredDoc, attachments: { after: made.small } },
  ]
}

const changedAt = (plan: Doc | undefined) => (plan as PalettePlan | undefined)?.changedAt ?? 0

/** One that was painted from just this already; a palette's new name paints nothing. */
async function standingPicture(
  doc: RecolouredDoc,
  standing: RecolouredDoc,
  ctx: FunctionContext,
): Promise<Effect | null> {
  const { recoloured } = standing.sizes
  if (standing.mark !== doc.mark || !recoloured) return null
  const after = await ctx.deskAttachment(doc._id, 'after')
  const contentType = standing._attachments?.after?.content_type
  if (!after || !contentType || !(await ctx.stored(recoloured.storageKey))) return null
  return {
    do: 'put',
    at: desk,
    doc: { ...doc, sizes: standing.sizes } as RecolouredDoc,
    attachments: { after: { contentType, bytes: after } },
  }
}
