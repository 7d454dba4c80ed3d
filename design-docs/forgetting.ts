import { z } from 'zod'
import { kept } from './office.ts'
import { accountId, eventCode, instant, sha256Hex, teamNumber } from './primitives.ts'

/** How long before its retention date the admins of an event are told. */
export const warnAheadMs = 14 * 86_400_000

/** What went, or would: how much of each kind, and a digest of all its ids, by which a list can be compared. No names. */
export const forgetReport = z.strictObject({
  event: eventCode,
  team: teamNumber.optional(),
  at: instant,
  /** An account, or `command`. */
  by: z.string(),
  dryRun: z.boolean(),
  counts: z.record(z.string(), z.int()),
  /** SHA-256 over the ids of everything that went, sorted, one a line. */
  digest: sha256Hex,
  /** SHA-256 of the audit line about what was forgotten before this; empty for the first. */
  previous: z.string(),
})
export type ForgetReport = z.infer<typeof forgetReport>

/**
 * That an event is forgotten, or is about to be: it outlives the event, so that phones that come back hear of it, and
 * the code is never given to another. The doors are closed from `closing` on; what is deleted is listed before it goes.
 */
export const forgotten = z.strictObject({
  ...kept,
  _id: z.string().startsWith('forgotten:'),
  type: z.literal('forgotten'),
  code: eventCode,
  state: z.enum(['closing', 'deleting', 'done']),
  since: instant,
  /** Who agreed, and when; absent when a command did it. */
  agreed: z.strictObject({ by: accountId, at: instant }).optional(),
  report: forgetReport.optional(),
})
export type Forgotten = z.infer<typeof forgotten>
export const forgottenId = (event: string) => `forgotten:${event}`

/**
 * That one team is forgotten, or is about to be: its number stays, so that what comes late is known and no other team gets
 * it. Its doors are closed from `closing` on; `tidying`: everything is computed anew and files are rewritten.
 */
export const forgottenTeam = z.strictObject({
  ...kept,
  _id: z.string().startsWith('forgotten-team:'),
  type: z.literal('forgotten-team'),
  event: eventCode,
  team: teamNumber,
  state: z.enum(['closing', 'removing', 'tidying', 'done']),
  since: instant,
  /** An account, or `command`. */
  by: z.string().min(1).max(60),
  /** Of what was there when it began. */
  report: forgetReport.optional(),
  doneAt: instant.optional(),
  /** Records that came afterwards and of which only times and places were kept. */
  late: z.int(),
})
export type ForgottenTeam = z.infer<typeof forgottenTeam>
export const forgottenTeamId = (event: string, team: string) => `forgotten-team:${event}:${team}`

/** What the console shows before and after. `preview` is what would go now; null once somebody agreed. */
export const teamForgettingPage = z.strictObject({
  now: instant,
  team: teamNumber,
  preview: z.record(z.string(), z.int()).nullable(),
  standing: forgottenTeam.pick({ state: true, since: true, by: true, doneAt: true, late: true }).nullable(),
  /** The proof: no name is in it. */
  report: forgetReport.nullable(),
})
export type TeamForgettingPage = z.infer<typeof teamForgettingPage>
/** Typed by the admin. */
export const teamAgreement = z.strictObject({ number: z.string().max(20) })

/** What is known of the end of an event's data: who agreed to which date, and which date the admins were mailed about. */
export const forgetting = z.strictObject({
  ...kept,
  _id: z.string().startsWith('forgetting:'),
  type: z.literal('forgetting'),
  event: eventCode,
  /** It is for this date alone: when the plan says another one, nobody has agreed. */
  agreed: z.strictObject({ by: accountId, at: instant, retention: instant }).optional(),
  warnedOf: instant.optional(),
})
export type Forgetting = z.infer<typeof forgetting>
export const forgettingId = (event: string) => `forgetting:${event}`

/** What the console shows of it. `preview` is what would go now. */
export const forgettingPage = z.strictObject({
  now: instant,
  retention: instant.nullable(),
  agreed: z.strictObject({ by: accountId, at: instant }).nullable(),
  preview: z.record(z.string(), z.int()),
})
export type ForgettingPage = z.infer<typeof forgettingPage>

/** Typed by the admin: the code of the event, and the date that they saw. */
export const agreement = z.strictObject({ code: z.string().max(40), retention: instant })

/** Whether the console is to speak of it on its first screen. */
export const retentionState = z.strictObject({
  retention: instant.nullable(),
  state: z.enum(['none', 'later', 'soon', 'due', 'agreed']),
})
export type RetentionState = z.infer<typeof retentionState>

/** What everybody may hear of an event that is forgotten; the order lets phones that kept something of it let go. */
export const forgottenAnswer = z.strictObject({
  event: eventCode,
  done: z.boolean(),
  order: z.string(),
  report: forgetReport.omit({ by: true }).nullable(),
})
export type ForgottenAnswer = z.infer<typeof forgottenAnswer>
