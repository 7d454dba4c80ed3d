import { z } from 'zod'
import { kept } from './office.ts'
import { eventCode, instant } from './primitives.ts'

export const auditActions = [
  'first-admin-link',
  'event-made',
  'invitation-made',
  'invitation-withdrawn',
  'password-set',
  'agent-made',
  'agent-removed',
  'passkey-made',
  'passkey-removed',
  'applied',
  'application-declined',
  'role-given',
  'role-taken',
  'menus-saved',
  'setting-saved',
  'signed-in',
  'session-reused',
  'left',
  'device-removed',
  'parcel-taken',
  'quarantine-accepted',
  'quarantine-discarded',
  'station-made',
  'station-changed',
  'station-removed',
  'post-settings-saved',
  'mailing-made',
  'mailing-cancelled',
  'forget-agreed',
  'forget-withdrawn',
  'snapshot-made',
  'ranking-frozen',
  'ranking-unfrozen',
  'ranking-published',
  'ranking-unpublished',
  'photos-taken',
  'photos-discarded',
  'event-forgotten',
  'team-forget-agreed',
  'team-forgotten',
  'job-started',
  'job-cancelled',
  'job-redriven',
  'jobs-pruned',
  'report-link-made',
  'report-link-revoked',
  'image-link-revoked',
  'plan-changed',
  'decided',
  'recorded',
  'bulk-decided',
  'bulk-taken-back',
  /** A call that changed something and says no more of it than its route. */
  'called',
] as const

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** How a line hangs on the one before: `hash` is over `seq`, `before` and `says`, and `says` over what it says. */
const link = {
  seq: z.int().min(1),
  /** Hash of the line before; empty for the first. */
  before: z.union([hash, z.literal('')]),
  says: hash,
  hash,
  /** Random, so that nobody can guess from `says` what a forgotten line said. */
  salt: z.string(),
}

/** What an organizer or the server did, to what, and what it was before and after. Lines written before there was a chain have no link. */
export const audit = z.strictObject({
  ...kept,
  _id: z.string().startsWith('audit:'),
  type: z.literal('audit'),
  at: instant,
  by: z.string(),
  event: eventCode.optional(),
  action: z.enum(auditActions),
  about: z.string().max(300),
  details: z.record(z.string(), z.json()).optional(),
  was: z.json().optional(),
  is: z.json().optional(),
  ...z.strictObject(link).partial().shape,
})
export type Audit = z.infer<typeof audit>
export type AuditEntry = Pick<Audit, 'by' | 'event' | 'action' | 'about' | 'details' | 'was' | 'is'>

/** A line whose event was forgotten: its place in the chain stays, what it said does not. */
export const forgottenAudit = z.strictObject({
  ...kept,
  _id: z.string().startsWith('audit:'),
  type: z.literal('audit'),
  forgotten: z.literal(true),
  seq: link.seq,
  before: link.before,
  says: link.says,
  hash: link.hash,
})
