import { z } from 'zod'
import { entryForm } from './entry.ts'
import { everyMenu } from './menus.ts'
import { page } from './pages.ts'
import { palettePlan, recolour } from './palettes.ts'
import { checkpointNumber, eventCode, instant, role, words } from './primitives.ts'
import { survey } from './surveys.ts'

/** The plan: what organizers edit. It lives in `desk` and is guarded by CouchDB's own revision check. */
const planned = { _rev: z.string().optional(), event: eventCode }

export const eventClass = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,30}$/),
  name: words,
  startsAt: instant,
  limitMinutes: z.int().min(1).max(10_080),
  /**
   * Teams that meet all of these are ranked here too when they run with the same start and limit; absent bounds are
   * open, and without any a class is only for those who entered it.
   */
  fits: z
    .strictObject({
      minMembers: z.int().min(1).optional(),
      maxMembers: z.int().min(1).optional(),
      minAge: z.int().min(0).optional(),
      maxAge: z.int().min(0).optional(),
      gender: z.enum(['all-f', 'all-m', 'mixed']).optional(),
    })
    .optional(),
})
export type EventClass = z.infer<typeof eventClass>

export const eventRules = z.strictObject({
  /** Exactly this far away is inside. */
  radiusMeters: z.number().min(1).max(10_000).default(50),
  maxAccuracyMeters: z.number().min(1).max(10_000).default(100),
  /** A second check-in exactly this long after the first is a new one. */
  duplicateMinutes: z.number().min(0).max(1440).default(30),
  autoApprove: z.boolean().default(true),
  requirePhoto: z.boolean().default(true),
  /** Points taken for each minute, or part of one, past the limit. */
  latePenaltyPerMinute: z.int().min(0).max(10_000).default(10),
  /** Later than this: not placed. */
  maxLateMinutes: z.int().min(0).max(1440).default(30),
  tieBreak: z.literal('earlier-finish').default('earlier-finish'),
  maxSpeedKmh: z.number().min(1).max(1000).default(30),
})
export type EventRules = z.infer<typeof eventRules>

export const phases = ['draft', 'open', 'running', 'closed', 'published'] as const
export const event = z.strictObject({
  ...planned,
  _id: z.literal('event'),
  type: z.literal('event'),
  code: eventCode,
  name: words,
  /** IANA name, e.g. Asia/Tokyo. */
  timeZone: z.string().min(1).max(60),
  phase: z.enum(phases),
  startsAt: instant,
  endsAt: instant,
  /** The end that was planned, while the event ends earlier because somebody stopped it; any admin may take that back. */
  plannedEndsAt: instant.optional(),
  classes: z.array(eventClass).min(1).max(50),
  rules: eventRules,
  rankingFrozenAt: instant.optional(),
  /** Until then teams may object to decisions; absent: there is no such window. */
  protestUntil: instant.optional(),
  /** Absent: teams are entered by the organizers alone. */
  entryForm: entryForm.optional(),
  /** People can apply as staff. */
  staffApply: z.boolean().optional(),
  /** When photos and personal data are to be deleted, the whole event with them; an admin has to agree. */
  retention: instant.optional(),
})
export type EventDoc = z.infer<typeof event>

export const checkpoint = z.strictObject({
  ...planned,
  _id: z.string().regex(/^checkpoint:[A-Z0-9]{1,12}$/),
  type: z.literal('checkpoint'),
  number: checkpointNumber,
  name: words,
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
  points: z.int().min(0).max(100_000),
  radiusMeters: z.number().min(1).max(10_000).optional(),
  kind: z.enum(['photo', 'staffed', 'start', 'goal']),
  releasedAt: instant.optional(),
  opensAt: instant.optional(),
  closesAt: instant.optional(),
  cancelled: z.boolean().optional(),
  /** Who must be in the picture, in words. */
  mustShow: words.optional(),
  /** The reference photo is the attachment `reference` (JPEG). */
  hasReference: z.boolean().optional(),
  /** Teams see it, too, once the checkpoint is released; else judges alone, since it gives the place away. */
  showReference: z.boolean().optional(),
  _attachments: z.record(z.string(), z.looseObject({ content_type: z.string() })).optional(),
})
export type CheckpointDoc = z.infer<typeof checkpoint>

/** A setting that running servers and phones follow: value, where it came from, whether the phone keeps it. */
export const setting = z.strictObject({
  ...planned,
  _id: z.string().regex(/^setting:[a-z0-9.-]{1,60}$/),
  type: z.literal('setting'),
  key: z.string().max(60),
  value: z.json(),
  atRunTime: z.boolean(),
  /** Who set it; empty: it was given back to the product. */
  source: z.string().max(120),
  onDevice: z.boolean(),
  /** Server time. */
  changedAt: instant.optional(),
})
export type SettingDoc = z.infer<typeof setting>

/** Which menus each role has, as bits (`menus.ts`); roles that are not named have the default. In `desk`, and on `board`. */
export const menus = z.strictObject({
  ...planned,
  _id: z.literal('menus'),
  type: z.literal('menus'),
  masks: z.partialRecord(role, z.int().min(0).max(everyMenu)),
})
export type MenusDoc = z.infer<typeof menus>

/** Answers that headquarters gives again and again, in the order in which they are offered. In `desk`. */
export const cannedReplies = z.strictObject({
  ...planned,
  _id: z.literal('canned-replies'),
  type: z.literal('canned-replies'),
  replies: z.array(z.strictObject({ id: z.string().regex(/^[a-z0-9]{1,12}$/), text: words })).max(100),
})

export const planSchemas = {
  event,
  checkpoint,
  setting,
  menus,
  page,
  survey,
  'palette-plan': palettePlan,
  recolour,
} as const
