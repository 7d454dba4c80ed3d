import { z } from 'zod'
import { eventCode, instant } from './primitives.ts'

const line = z.strictObject({ ja: z.string().max(200), en: z.string().max(200) })
const text = z.strictObject({ ja: z.string().max(20_000), en: z.string().max(20_000) })
const partId = z.string().regex(/^[a-z0-9-]{1,30}$/)

/** Only what is shown leaves the desk; what was removed can be put back. */
export const pageStates = ['shown', 'hidden', 'removed'] as const

export const pageSlug = partId
const everyPage = {
  _id: z.string().regex(/^page:[a-z0-9-]{1,30}$/),
  _rev: z.string().optional(),
  type: z.literal('page'),
  event: eventCode,
  title: line,
  /** Markdown. */
  body: text,
  state: z.enum(pageStates),
  /** Pages stand in the order of these, then of their ids. */
  order: z.int().min(0).max(10_000),
  /** Pictures by name: the one in use and the one before, so that a change can be undone. */
  _attachments: z.record(z.string(), z.looseObject({ content_type: z.string() })).optional(),
}

/** Something that happens: at a moment, or from `from` until `to`; for everyone where no classes are named. */
export const scheduleRow = z.strictObject({
  id: partId,
  from: instant,
  to: instant.optional(),
  title: line,
  place: line.optional(),
  classes: z.array(partId).max(50).optional(),
})
export type ScheduleRow = z.infer<typeof scheduleRow>

/** A named place on a picture, as parts of its width and height, so that it stays where it is when the picture is scaled. */
export const mapSpot = z.strictObject({
  id: partId,
  name: line,
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
})

export type MapSpot = z.infer<typeof mapSpot>

/** The attachment that is shown; its name is made from its bytes, so another picture has another name. */
export const pagePicture = z.strictObject({
  name: z.string().regex(/^picture-[0-9a-f]{16}$/),
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
  bytes: z.int().min(1),
})
export type PagePicture = z.infer<typeof pagePicture>

export const schedulePage = z.strictObject({
  ...everyPage,
  kind: z.literal('schedule'),
  rows: z.array(scheduleRow).max(300),
})
export const mapPage = z.strictObject({
  ...everyPage,
  kind: z.literal('map'),
  picture: pagePicture.nullable(),
  spots: z.array(mapSpot).max(200),
})
export const guidePage = z.strictObject({ ...everyPage, kind: z.literal('guide') })

/** What organizers tell everyone for as long as the event lasts: the schedule, a map of the venue, a guide. */
export const page = z.discriminatedUnion('kind', [schedulePage, mapPage, guidePage])
export type PageDoc = z.infer<typeof page>
export type SchedulePage = z.infer<typeof schedulePage>
export type PageKind = PageDoc['kind']
export type MapPage = z.infer<typeof mapPage>

export const pageList = z.strictObject({ pages: z.array(page) })
export const pictureStored = z.strictObject({ picture: pagePicture, _rev: z.string() })
