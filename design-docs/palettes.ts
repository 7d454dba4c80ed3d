import { z } from 'zod'
import { accountId, eventCode, factId, instant, teamNumber, words } from './primitives.ts'

/**
 * Palettes: the colours of a picture that organizers choose, given to visitors at corners, and the portraits that are
 * painted in the colours which a team has collected.
 */
const kept = { _rev: z.string().optional(), event: eventCode }
const attachments = z.record(z.string(), z.looseObject({ content_type: z.string() })).optional()
const storedPicture = z.strictObject({ storageKey: z.string(), width: z.int(), height: z.int(), bytes: z.int() })
/** Sixteen hex digits that change with the picture; whoever holds another one has an older picture. */
const mark = z.string().regex(/^[0-9a-f]{16}$/)

export const paletteName = z.strictObject({ ja: z.string().trim().max(60), en: z.string().trim().max(60) })
/** `shown`: everyone sees it and corners give it; what was removed colours no portrait and can be put back. */
export const paletteStates = ['shown', 'hidden', 'removed'] as const
const chosen = {
  name: paletteName,
  state: z.enum(paletteStates),
  /** Palettes stand in the order of these, then of their ids. */
  order: z.int().min(0).max(10_000),
}
/** How many colours: 2 to 16, or null for as few as tell the picture. */
export const colourCount = z.int().min(2).max(16).nullable()

/** What organizers say of a palette; its picture is the photo. */
export const palettePlan = z.strictObject({
  ...kept,
  _id: z.string().startsWith('palette-plan:'),
  type: z.literal('palette-plan'),
  photo: factId,
  ...chosen,
  k: colourCount,
  /** Server time at which it was last made another palette, or removed or put back; its name does not count. */
  changedAt: instant.optional(),
})
export type PalettePlan = z.infer<typeof palettePlan>

export const paletteColour = z.strictObject({
  hex: z.string().regex(/^#[0-9a-f]{6}$/),
  /** Of the picture, from 0 to 1. */
  share: z.number().min(0).max(1),
  name: words,
})

/** A palette as it stands. In `desk`; on `board` without what the server keeps for itself. */
export const palette = z.strictObject({
  ...kept,
  _id: z.string().startsWith('palette:'),
  type: z.literal('palette'),
  photo: factId,
  ...chosen,
  /** Empty while the picture is not here, and of one that nobody can decode. */
  colours: z.array(paletteColour).max(16),
  /** How they were found, so that they can be found again. */
  k: colourCount.optional(),
  seed: z.int().optional(),
  explained: z.number().optional(),
  mark: mark.optional(),
  /** Server time at which its colours became these. */
  changedAt: instant.optional(),
  sizes: z.record(z.string(), storedPicture).optional(),
  problem: z.string().optional(),
  /** 150×105: `original` and `clustered`. */
  _attachments: attachments,
})
export type PaletteDoc = z.infer<typeof palette>

/** A team's portrait in the colours that it has collected; before and after as attachments, for phones without a network. */
export const portrait = z.strictObject({
  ...kept,
  _id: z.string().regex(/^portrait:[A-Z0-9]{1,12}$/),
  type: z.literal('portrait'),
  team: teamNumber,
  photo: factId,
  takenAt: instant,
  /** Whose colours it shows, in the order in which they were collected. */
  palettes: z.array(factId),
  mark,
  /** Server time of the last of what it is made of: whoever has seen it with this time has it as it is. */
  changedAt: instant.optional(),
  sizes: z.record(z.string(), storedPicture),
  _attachments: attachments,
})
export type PortraitDoc = z.infer<typeof portrait>

/** Somebody wants a portrait painted anew, though nothing that it is made of has changed. In `desk`. */
export const repaint = z.strictObject({
  ...kept,
  _id: z.string().startsWith('repaint:'),
  type: z.literal('repaint'),
  team: teamNumber,
  by: accountId,
  at: instant,
})
export type RepaintDoc = z.infer<typeof repaint>

/** In the colours of which palette organizers want a picture, whichever it is of; null: as it was taken. In `desk`. */
export const recolour = z.strictObject({
  ...kept,
  _id: z.string().startsWith('recolour:'),
  type: z.literal('recolour'),
  photo: factId,
  palette: factId.nullable(),
  by: accountId,
  /** Server time. */
  at: instant,
})
export type RecolourDoc = z.infer<typeof recolour>

/** A picture in the colours of one palette; small as the attachment `after`, also for the phones of its team. */
export const recoloured = z.strictObject({
  ...kept,
  _id: z.string().startsWith('recoloured:'),
  type: z.literal('recoloured'),
  photo: factId,
  /** Absent: of a palette's picture. */
  team: teamNumber.optional(),
  takenAt: instant,
  palette: factId,
  mark,
  /** Server time of the last of what it is made of. */
  changedAt: instant,
  sizes: z.record(z.string(), storedPicture),
  _attachments: attachments,
})
export type RecolouredDoc = z.infer<typeof recoloured>

export const putRecolour = recolour.pick({ palette: true })

/** A picture of a team for the console: what is wanted of it, and what tells the recoloured one from an older one. */
export const teamPicture = z.strictObject({
  photo: factId,
  purpose: z.enum(['checkin', 'portrait', 'palette']),
  takenAt: instant,
  /** Whether it can be recoloured: its original is here and can be decoded. */
  ready: z.boolean(),
  palette: factId.nullable(),
  /** Null while it is being made, and as long as nothing is wanted. */
  mark: z.string().nullable(),
})
export type TeamPicture = z.infer<typeof teamPicture>
export const teamPictures = z.strictObject({ pictures: z.array(teamPicture) })

export const putPalette = palettePlan
  .pick({ name: true, state: true, order: true, k: true })
  .extend({ _rev: z.string() })

/** A palette for the console: what was said of it with its revision, and what came of its picture. */
export const paletteRow = z.strictObject({
  plan: palettePlan,
  colours: z.array(paletteColour),
  mark: z.string().nullable(),
  explained: z.number().nullable(),
  problem: z.string().nullable(),
  /** Teams that have collected it. */
  teams: z.int(),
})
export type PaletteRow = z.infer<typeof paletteRow>
export const palettesPage = z.strictObject({ palettes: z.array(paletteRow) })

export const visitorRow = z.strictObject({
  team: teamNumber,
  name: z.string(),
  photo: factId.nullable(),
  takenAt: instant.nullable(),
  palettes: z.array(factId),
  /** Of the painted portrait; null while there is none. */
  mark: z.string().nullable(),
  /** Whether none can be made of this photo: it was refused, or cannot be decoded. */
  cannot: z.boolean(),
})
export type VisitorRow = z.infer<typeof visitorRow>
export const visitorsPage = z.strictObject({
  visitors: z.array(visitorRow),
  /** Portraits whose picture is still on its way, or being painted. */
  waiting: z.int(),
  parked: z.int(),
})
