import { z } from 'zod'
import { entryAnswers } from './entry.ts'
import { kept } from './office.ts'
import { accountId, eventCode, instant, ulidText } from './primitives.ts'

/** The roles of people who work on the event, as against those who take part in it. */
export const officeRoles = ['staff', 'core', 'corner', 'judge', 'admin'] as const
export type OfficeRole = (typeof officeRoles)[number]

/**
 * Somebody who proved by OpenID Connect who they are, and whom no claim gave a role. They may come in once an admin
 * has given them one.
 */
export const applicant = z.strictObject({
  ...kept,
  _id: z.string().startsWith('applicant:'),
  type: z.literal('applicant'),
  account: accountId,
  issuer: z.string(),
  /** The issuer's own name for the person. */
  subject: z.string().max(255),
  name: z.string().min(1).max(120),
  mail: z.strictObject({ address: z.string().max(254), verified: z.boolean() }).nullable(),
  firstAt: instant,
  at: instant,
  grants: z.array(z.strictObject({ event: eventCode, role: z.enum(officeRoles), by: accountId, at: instant })).max(200),
})
export type Applicant = z.infer<typeof applicant>

/** What somebody may wish to be; the right to everything is given, never wished for. */
export const wishedRoles = ['staff', 'core', 'corner', 'judge'] as const
export type WishedRole = (typeof wishedRoles)[number]

/** What somebody who applies filled in, before it is checked; bounds here only keep the size in hand. */
export const applicationDraft = z.strictObject({
  name: z.string().max(300),
  kana: z.string().max(300),
  mail: z.string().max(320),
  wish: z.string().max(20),
  about: z.string().max(2000),
  consent: z.boolean(),
  /** To the organizers' own questions of staff. */
  answers: entryAnswers.optional(),
})
export type ApplicationDraft = z.infer<typeof applicationDraft>

/** Somebody who asks to work on an event, under the id that the form made: sent again it is the same application. */
export const application = z.strictObject({
  ...kept,
  _id: z.string().startsWith('application:'),
  type: z.literal('application'),
  event: eventCode,
  draft: ulidText,
  name: z.string().min(1).max(80),
  kana: z.string().max(120),
  mail: z.string().max(254),
  wish: z.enum(wishedRoles),
  /** What they would like to do. */
  about: z.string().max(500),
  answers: entryAnswers.optional(),
  language: z.enum(['ja', 'en']),
  /** When they agreed that the organizers keep this. */
  consentedAt: instant,
  at: instant,
  decision: z
    .discriminatedUnion('is', [
      z.strictObject({
        is: z.literal('granted'),
        role: z.enum(officeRoles),
        account: accountId,
        by: accountId,
        at: instant,
        /** Counts invitations: the next one when one ran out unused. */
        round: z.int().min(1),
      }),
      z.strictObject({ is: z.literal('declined'), word: z.string().max(500), by: accountId, at: instant }),
    ])
    .optional(),
})
export type Application = z.infer<typeof application>
