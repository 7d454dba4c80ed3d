import { z } from 'zod'
import { eventCode, instant, ulidText } from './primitives.ts'
import { mailAddress, stationId } from './stations.ts'

/** What a mail says is made of this when it is sent; what happened since is in it, too. */
const about = {
  _rev: z.string().optional(),
  /** The same occasion has the same key, so that it is mailed once. */
  key: z.string().min(1).max(200),
  event: eventCode,
  /**
   * A passcode is worth ten minutes: it goes before everything else. `notice`: to admins. `test`: of one station.
   * `application`: to somebody who applied as staff.
   */
  kind: z.enum(['reply', 'passcode', 'notice', 'test', 'mailing', 'application']),
  /** The entry or application that is written to, if any, and which of its occasions this is; `sign-in` of a passcode. */
  draft: ulidText,
  occasion: z.enum([
    'entered',
    'changed',
    'withdrawn',
    'sign-in',
    'station',
    'test',
    'mailing',
    'granted',
    'declined',
    'retention',
    'infected',
  ]),
  queuedAt: instant,
  tries: z.int().min(0),
}

/** What of an entry is replied to. */
export type ReplyOccasion = 'entered' | 'changed' | 'withdrawn'
export const isReplyOccasion = (occasion: string): occasion is ReplyOccasion =>
  occasion === 'entered' || occasion === 'changed' || occasion === 'withdrawn'

/** A mail that waits to be sent, or that failed for good and waits for a person. In `zk-office`. */
export const outgoing = z.strictObject({
  ...about,
  _id: z.string().startsWith('outgoing:'),
  type: z.literal('outgoing'),
  state: z.enum(['waiting', 'parked']),
  nextAt: instant,
  error: z.string().max(500).optional(),
  /** Of a `notice` and a `test`, which are to nobody who entered. */
  to: mailAddress.optional(),
  /** Which station a `notice` is about; which one has to carry a `test`. */
  station: stationId.optional(),
  /** What happened to the station that a `notice` is about. */
  news: z.strictObject({ name: z.string(), is: z.enum(['retired', 'back']), reason: z.string().max(300) }).optional(),
  /** The date that a `notice` reminds of, by the clocks of the event of that name. */
  retention: z
    .strictObject({ at: instant, name: z.string().max(2000), timeZone: z.string(), agreed: z.boolean() })
    .optional(),
  /** What the scanner for malware found in a picture that a `notice` tells of. */
  infected: z.strictObject({ found: z.string().max(200) }).optional(),
  /** Who asked for a `test`. */
  by: z.string().max(60).optional(),
  mailing: ulidText.optional(),
})
export type Outgoing = z.infer<typeof outgoing>

/** That a mail was sent. Addresses stay with the entry. */
export const sentMail = z.strictObject({
  ...about,
  _id: z.string().startsWith('sent:'),
  type: z.literal('sent'),
  sentAt: instant,
  /** RFC 5322, 3.6.4, made of the key: a mail that was sent twice is known as the same. */
  messageId: z.string(),
})
export type SentMail = z.infer<typeof sentMail>
export type MailKind = Outgoing['kind']

export const outgoingId = (key: string) => `outgoing:${key}`
export const sentId = (key: string) => `sent:${key}`

/** A line of the console's list; `to` and what it says are asked for one by one. */
export const mailRow = z.strictObject({
  key: z.string(),
  occasion: about.occasion,
  team: z.string().nullable(),
  teamName: z.string(),
  state: z.enum(['waiting', 'parked', 'sent']),
  /** When it was sent, else when it was queued. */
  at: instant,
  tries: z.int(),
  error: z.string().nullable(),
})
export type MailRow = z.infer<typeof mailRow>

/** `stations`: mails are sent. `shown`: there is no mail server, and they can be read here. `kept`: they only lie in the data folder. */
export const mailPage = z.strictObject({
  mailbox: z.enum(['stations', 'shown', 'kept']),
  mails: z.array(mailRow),
  /** How many there are; the list holds the newest. */
  total: z.int(),
})
export type MailPage = z.infer<typeof mailPage>

/** A mail as it went into the mailbox. `pictures` are data URLs by content id. */
export const mailboxItem = z.strictObject({
  messageId: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  attachments: z.array(z.strictObject({ filename: z.string(), contentType: z.string(), bytes: z.int() })),
  pictures: z.record(z.string(), z.string()),
})
export type MailboxItem = z.infer<typeof mailboxItem>
