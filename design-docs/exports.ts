import { z } from 'zod'
import { notPlacedReasons, reason, verdictStatus } from './derived.ts'
import { checkpointNumber, eventCode, teamNumber, ulidText, words } from './primitives.ts'
import { rankingClass } from './rankings.ts'

/** Of check-ins: one verdict, or whether a person is still to decide. */
export const checkinStatuses = ['open', 'decided', ...verdictStatus.options] as const

/** What of the results is to be in a file, and how it is to be written. */
export const exportQuery = z.strictObject({
  /** A class, or all together as one ranking. */
  class: rankingClass.optional(),
  /** Rankings as they were kept, by the id of the snapshot, or as the public sees them; the live ones when absent. */
  snapshot: z.union([z.literal('published'), ulidText]).optional(),
  result: z.enum(['placed', 'no-place', ...notPlacedReasons]).optional(),
  /** Of check-ins. */
  status: z.enum(checkinStatuses).optional(),
  reason: reason.optional(),
  device: z.string().max(100).optional(),
  checkpoint: checkpointNumber.optional(),
  team: teamNumber.optional(),
  /** Of teams: number, names, readings. */
  words: z.string().max(200).optional(),
  /** The caller's when absent. */
  language: z.enum(['ja', 'en']).optional(),
  /** Of CSV. */
  encoding: z.enum(['utf-8', 'shift-jis']).default('utf-8'),
  /** What becomes of characters that Shift_JIS does not have: the export is refused, or they are written as `&#134071;`. */
  unwritable: z.enum(['refuse', 'number']).default('refuse'),
  /** Awards and certificates: down to which place of each class. */
  top: z.coerce.number().int().min(1).max(9999).optional(),
  /** Certificates: one page for each team, or for each of its members. */
  each: z.enum(['team', 'member']).default('team'),
})
export type ExportQuery = z.infer<typeof exportQuery>

/** In `figures` of ZK-EXPORT-001: the first of the characters that cannot be written, and cells with them. */
export type Unwritable = { characters: string[]; cells: string[] }

/** What a certificate says; `{team}`, `{members}`, `{class}`, `{place}`, `{points}`, `{time}`, `{date}` and `{event}` stand for what belongs there. */
const certificateWords = { title: words, text: words, signature: words }

/** The organizers' own words on certificates. In `desk`. */
export const certificate = z.strictObject({
  _id: z.literal('certificate'),
  _rev: z.string().optional(),
  type: z.literal('certificate'),
  event: eventCode,
  ...certificateWords,
})

/** The same as the console reads and saves it; without a revision where nobody has saved any words yet. */
export const certificateTemplate = z.strictObject({ ...certificateWords, _rev: z.string().nullable() })
export type CertificateTemplate = z.infer<typeof certificateTemplate>
