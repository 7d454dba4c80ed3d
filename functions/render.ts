import { imageId, paletteId, palettePlanId, portraitId } from '../design-docs/ids.ts'
import type { PaletteDoc, PalettePlan, PortraitDoc, RepaintDoc } from '../design-docs/palettes.ts'
import { settingValue } from '../design-docs/settings.ts'
import { type Doc, defineFunction, desk, type Effect, everyTeam, type FunctionContext } from './define.ts'
import { inPictureThread } from './in-picture-thread.ts'
import { pictureMark } from './picture-mark.ts'
import { picturesOf } from './pictures-to-paint.ts'
import { type Collection, collectionOf, portraitHeardAt } from './rules/collection.ts'
import type { PaintStyle } from './rules/paint.ts'

/**
 * Paints a team's portrait in the colours of the palettes that it has collected: anew whenever there is another
 * portrait, a further palette or a changed one. What comes in a burst is painted once, as it stands at the end.
 */
export const render = defineFunction({
  name: 'render',
  on: { log: ['photo', 'collected', 'void'], desk: ['image', 'palette', 'setting', 'repaint'] },
  key: (doc) => {
    const { _id, team, purpose } = doc as Doc & { purpose?: string }
    if (doc.type === 'palette' || _id === 'setting:portrait.style') return everyTeam
    if (doc.type === 'photo' || doc.type === 'image') return purpose === 'portrait' ? (team ?? null) : null
    return doc.type === 'setting' ? null : (team ?? null)
  },
  owns: (place, id) => (place === 'desk' && id.startsWith(portraitId('')) ? id.slice(portraitId('').length) : null),
  slice: 4,
  paceMs: 300,
  async handle(teams, ctx) {
    const facts = await ctx.factsOf(teams)
    const { settings } = await ctx.plan()
    const style = settingValue('portrait.style', settings.get('portrait.style')) as PaintStyle
    const styleAt = settings.get('portrait.style')?.changedAt ?? 0
    const wanted = (team: string): Wanted => {
      const own = facts.get(team) ?? []
      return { ...collectionOf(own), heardAt: portraitHeardAt(own), style, styleAt }
    }
    const effects = teams.map((team) => painted(team, wanted(team), ctx))
    return (await Promise.all(effects)).flat()
  },
})

type Wanted = Collection & { heardAt: number; style: PaintStyle; styleAt: number }

async function painted(team: string, wanted: Wanted, ctx: FunctionContext): Promise<Effect[]> {
  const standing = (await ctx.deskDocs([portraitId(team)])).get(portraitId(team)) as PortraitDoc | undefined
  const before = standing?.sizes.painted?.storageKey
  const unstored: Effect[] = before === undefined ? [] : [{ do: 'unstore', key: before }]
  const gone: Effect[] = [...unstored, { do: 'remove', at: desk, id: portraitId(team) }]
  const photo = wanted.portrait?._id
  const image = photo && (await ctx.images([imageId(photo)])).get(imageId(photo))
  const pictures = image && (await picturesOf(image, ctx))
  // Until the original is here, and where nobody can decode it, there is nothing to paint.
  if (!photo || !image || !pictures) return gone
  const palettes = await palettesOf(wanted.palettes, ctx)
  const colours = [...new Set(palettes.flatMap((one) => one.colours.map(({ hex }) => hex)))].sort()
  const { event, takenAt, sha256 } = image
  const asked = (await ctx.deskDocs([`repaint:${team}`])).get(`repaint:${team}`) as RepaintDoc | undefined
  const plans = await changesOf(wanted.palettes, ctx)
  const mark = pictureMark(photo, sha256, colours, wanted.style, ...(asked ? [asked.at] : []))
  const changedAt = Math.max(wanted.heardAt, wanted.styleAt, image.changedAt ?? 0, asked?.at ?? 0, ...plans)
  const doc: PortraitDoc = {
    _id: portraitId(team),
    type: 'portrait',
    event,
    team,
    photo,
    takenAt,
    palettes: palettes.map((one) => one.photo),
    mark,
    changedAt,
    sizes: {},
  }
  const small = { contentType: 'image/jpeg', bytes: pictures.small }
  if (colours.length === 0) return [...unstored, { do: 'put', at: desk, doc, attachments: { before: small } }]
  const same = standing && (await standingPicture(doc, standing, ctx))
  if (same) return [same]
  const made = await inPictureThread({ do: 'paint', ...pictures, colours, style: wanted.style })
  const storageKey = `${event}/picture/${photo}/painted`
  const { width, height, bytes, contentType } = made.large
  const sizes = { painted: { storageKey, width, height, bytes: bytes.length } }
  const attachments = { before: small, after: made.small }
  return [
    ...(before === storageKey ? [] : unstored),
    { do: 'store', key: storageKey, bytes, contentType },
    { do: 'put', at: desk, doc: { ...doc, sizes } as PortraitDoc, attachments },
  ]
}

/** Those of the collected ones that still are palettes; one that was removed colours nothing. */
async function palettesOf(photos: readonly string[], ctx: FunctionContext): Promise<PaletteDoc[]> {
  const docs = await ctx.deskDocs(photos.map(paletteId))
  return photos.flatMap((photo) => (docs.get(paletteId(photo)) as PaletteDoc | undefined) ?? [])
}

/** When organizers last changed these palettes, those that they removed included. */
async function changesOf(photos: readonly string[], ctx: FunctionContext): Promise<number[]> {
  const plans = await ctx.deskDocs(photos.map(palettePlanId))
  return [...plans.values()].map((plan) => (plan as PalettePlan).changedAt ?? 0)
}

/** A portrait that was painted from just this already, so that a palette's new name does not paint hundreds anew. */
async function standingPicture(doc: PortraitDoc, standing: PortraitDoc, ctx: FunctionContext): Promise<Effect | null> {
  if (standing.mark !== doc.mark || !standing.sizes.painted) return null
  const [before, after] = await Promise.all(['before', 'after'].map((name) => ctx.deskAttachment(doc._id, name)))
  const afterType = standing._attachments?.after?.content_type
  if (!before || !after || !afterType || !(await ctx.stored(standing.sizes.painted.storageKey))) return null
  return {
    do: 'put',
    at: desk,
    doc: { ...doc, sizes: standing.sizes } as PortraitDoc,
    attachments: {
      before: { contentType: 'image/jpeg', bytes: before },
      after: { contentType: afterType, bytes: after },
    },
  }
}
