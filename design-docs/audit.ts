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
  'event-forgotten',
] as const

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
})
export type Audit = z.infer<typeof audit>
