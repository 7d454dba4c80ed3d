import type { FactOf } from '../design-docs/facts.ts'
import { paletteId, palettePlanId, subjectOf } from '../design-docs/ids.ts'
import type { PaletteDoc, PalettePlan } from '../design-docs/palettes.ts'
import { type Doc, defineFunction, desk, type Effect, type FunctionContext } from './define.ts'
import { inPictureThread, ThreadEnded } from './in-picture-thread.ts'
import type { Clustered } from './palette-pictures.ts'
import { pictureMark } from './picture-mark.ts'
import { colourName } from './rules/colour-names.ts'

/** The same for all, so that a picture's palette is the same wherever and whenever it is made. */
export const seed = 20_240_601

/** Makes a palette of a picture that organizers chose, and the picture in its own few colours. */
export const cluster = defineFunction({
  name: 'cluster',
  on: { log: ['original'], desk: ['palette-plan'] },
  // Pictures of palettes are the only photos that are of no team.
  key: ({ _id, ...doc }) => {
    if (_id.startsWith(palettePlanId(''))) return _id.slice(palettePlanId('').length)
    return subjectOf(_id) === 'staff' ? (doc as FactOf<'original'>).photo : null
  },
  owns: (place, id) => (place === 'desk' && id.startsWith(paletteId('')) ? id.slice(paletteId('').length) : null),
  slice: 2,
  async handle(photos, ctx) {
    const plans = await ctx.deskDocs(photos.map(palettePlanId))
    const effects = photos.map((photo) => clustered(photo, plans.get(palettePlanId(photo)), ctx))
    return (await Promise.all(effects)).flat()
  },
})

async function clustered(photo: string, doc: Doc | undefined, ctx: FunctionContext): Promise<Effect[]> {
  const plan = doc as PalettePlan | undefined
  // Put back, it is made anew of the picture, which stays as long as that may happen.
  if (!plan || plan.state === 'removed')
    return [
      { do: 'unstore', key: clusteredKey(ctx.event, photo) },
      { do: 'remove', at: desk, id: paletteId(photo) },
    ]
  const { event, name, state, order, k } = plan
  const palette: PaletteDoc = { _id: paletteId(photo), type: 'palette', event, photo, name, state, order, colours: [] }
  const facts = (await ctx.factsOf(['staff'])).get('staff') ?? []
  const original = facts.find((fact) => fact.type === 'original' && fact.photo === photo) as
    | FactOf<'original'>
    | undefined
  const bytes = original && (await ctx.stored(original.storageKey))
  if (!bytes) return [{ do: 'put', at: desk, doc: palette }]
  const made = await inPictureThread({ do: 'cluster', bytes, k, seed }).catch(unreadable)
  if ('problem' in made) return [{ do: 'put', at: desk, doc: { ...palette, problem: made.problem } as PaletteDoc }]
  const mark = pictureMark(original.storageKey, k, seed)
  const changedAt = Math.max(plan.changedAt ?? 0, original.at)
  return stored({ ...palette, k, seed, mark, changedAt }, made)
}

/** What the decoder says of these bytes; that the thread broke off says nothing of them, and is tried again. */
function unreadable(error: unknown): { problem: string } {
  if (error instanceof ThreadEnded) throw error
  return { problem: (error instanceof Error ? error.message : String(error)).slice(0, 200) }
}

function stored(palette: PaletteDoc, made: Clustered): Effect[] {
  const { width, height, bytes, contentType } = made.clustered
  const storageKey = clusteredKey(palette.event, palette.photo)
  const jpeg = (picture: Uint8Array) => ({ contentType: 'image/jpeg', bytes: picture })
  const { original, clustered: flat } = made.thumbnails
  const doc: PaletteDoc = {
    ...palette,
    colours: made.colours.map(({ hex, share }) => ({ hex, share: rounded(share), name: colourName(hex) })),
    explained: rounded(made.explained),
    sizes: { clustered: { storageKey, width, height, bytes: bytes.length } },
  }
  return [
    { do: 'store', key: storageKey, bytes, contentType },
    { do: 'put', at: desk, doc, attachments: { original: jpeg(original), clustered: jpeg(flat) } },
  ]
}

const clusteredKey = (event: string, photo: string) => `${event}/picture/${photo}/clustered`

/** Four places are more than anyone reads, and keep documents from differing by what floating point leaves. */
const rounded = (part: number) => Math.round(part * 10_000) / 10_000
