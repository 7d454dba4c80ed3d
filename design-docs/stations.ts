import { z } from 'zod'
import { accountId, eventCode, instant } from './primitives.ts'

/** The post office's own documents in `zk-office`, and what the console sees of them. */
const kept = { _rev: z.string().optional() }

export const stationId = z.string().regex(/^[a-z0-9]{8,26}$/)
/** One address, without a name; the rest is for the server at the other end to judge. */
export const mailAddress = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\s<>,;:"]+@[^\s<>,;:"@]+$/)

/** `tls`: from the first byte (465). `starttls`: refused when it is not offered (587). `plain`: on this machine alone. */
export const securities = ['tls', 'starttls', 'plain'] as const
export const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/

/** AES-256-GCM; the key is made of the installation's key file and lies in no document. */
export const sealed = z.strictObject({ iv: z.string(), text: z.string(), tag: z.string() })
export type Sealed = z.infer<typeof sealed>

const endpoint = {
  host: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[\w.:[\]-]+$/),
  port: z.int().min(1).max(65_535),
  security: z.enum(securities),
  user: z.string().trim().max(200),
  /** What mails of this station come from. */
  from: mailAddress,
}
/** What a station may use in any 24 hours. */
const budgets = {
  mailsPerDay: z.int().min(1).max(100_000),
  minutesPerDay: z.int().min(2).max(1440),
}
export const defaultBudgets = { mailsPerDay: 100, minutesPerDay: 90 }

/** A sending account (配信局), as the environment or an admin set it up. What it used is in its ledger. */
export const station = z.strictObject({
  ...kept,
  _id: z.string().startsWith('station:'),
  type: z.literal('station'),
  id: stationId,
  name: z.string().trim().min(1).max(80),
  ...endpoint,
  ...budgets,
  /** The password of one from the environment stays there. */
  source: z.enum(['environment', 'console']),
  secret: sealed.optional(),
  /** Out of service until an admin says otherwise. */
  paused: z.boolean(),
  createdAt: instant,
})
export type Station = z.infer<typeof station>

export const stationStates = ['standby', 'active', 'retired'] as const
export type StationState = (typeof stationStates)[number]

/** What was used in one stretch of time; never less than what went out. */
export const slot = z.strictObject({ at: instant, mails: z.int().min(0), ms: z.int().min(0) })
export type Slot = z.infer<typeof slot>

/**
 * The running state of a station, written by the post office alone. What is about to be used is written here before it is
 * used, so that a process that dies has spent it.
 */
export const ledger = z.strictObject({
  ...kept,
  _id: z.string().startsWith('ledger:'),
  type: z.literal('ledger'),
  station: stationId,
  slots: z.array(slot).max(400),
  state: z.enum(stationStates),
  since: instant,
  /** Failures one after another; a mail that goes out sets it back. */
  failures: z.int().min(0),
  /** How often it was retired without a mail going out in between. */
  retirements: z.int().min(0),
  /** Why it is retired, and when it is tried again. */
  reason: z.string().max(300).optional(),
  nextTryAt: instant.optional(),
})
export type Ledger = z.infer<typeof ledger>

export const policies = ['drain', 'spread'] as const
export type Policy = (typeof policies)[number]

const settings = {
  policy: z.enum(policies),
  /** How much of all stations is active, the rest on standby. */
  activeShare: z.number().min(0.05).max(1),
  /** Who is told when a station is retired or comes back. */
  notifyTo: z.array(mailAddress).max(10),
}
export const postSettings = z.strictObject({
  ...kept,
  _id: z.literal('post-settings'),
  type: z.literal('post-settings'),
  /** Whose admin saved them; mails to admins are listed there. */
  event: eventCode,
  ...settings,
})
export type PostSettings = z.infer<typeof postSettings>
export const defaultSettings = { policy: 'spread' as Policy, activeShare: 0.25, notifyTo: [] as string[] }

export const postResults = ['sent', 'again', 'refused', 'lost', 'not-reached', 'locked-out', 'dropped'] as const
export type PostResult = (typeof postResults)[number]

/** One try to send one mail. `lost`: the answer to the mail never came, so it may arrive twice. */
const logLine = z.strictObject({
  at: instant,
  /** Null: the mailbox. */
  station: stationId.nullable(),
  account: z.string().max(200),
  event: eventCode,
  /** What it was sent for: the kind of mail. */
  function: z.string().max(30),
  /** Who caused it: an entry's draft, or an account. */
  requester: z.string().max(80),
  elapsedMs: z.int().min(0),
  result: z.enum(postResults),
  error: z.string().max(300).optional(),
})
export type PostLine = z.infer<typeof logLine>

/** What one write of the post office tells, oldest first. */
export const postLog = z.strictObject({
  ...kept,
  _id: z.string().startsWith('post-log:'),
  type: z.literal('post-log'),
  lines: z.array(logLine).max(500),
})
export type PostLog = z.infer<typeof postLog>

export const stationDocId = (id: string) => `station:${id}`
export const ledgerId = (id: string) => `ledger:${id}`

/** A station as an admin makes or changes it. An absent password stays; it is never shown again. */
export const stationDraft = z.strictObject({
  name: station.shape.name,
  ...endpoint,
  ...budgets,
  password: z.string().min(1).max(500).optional(),
  paused: z.boolean().default(false),
})
export type StationDraft = z.infer<typeof stationDraft>

export const stationRow = z.strictObject({
  id: stationId,
  name: z.string(),
  ...endpoint,
  ...budgets,
  source: station.shape.source,
  paused: z.boolean(),
  hasPassword: z.boolean(),
  state: z.enum(stationStates),
  since: instant.nullable(),
  reason: z.string().nullable(),
  nextTryAt: instant.nullable(),
  /** Within the last 24 hours, what is reserved for mails under way included. */
  mailsUsed: z.int(),
  usedMs: z.int(),
})
export type StationRow = z.infer<typeof stationRow>

export const stationsPage = z.strictObject({
  now: instant,
  stations: z.array(stationRow),
  settings: z.strictObject(settings),
  waiting: z.int(),
  parked: z.int(),
  forecast: z.strictObject({
    /** What may still go out now, and what the stations carry in 24 hours. */
    mailsLeft: z.int(),
    mailsPerDay: z.int(),
    /** When the last of those that wait will be gone; null: not within 60 days. */
    doneAt: instant.nullable(),
    /** Mails of the coming 24 hours if they are as the last ones were, those to everyone aside. */
    expected: z.int(),
    /** How many of those that wait and are expected the stations cannot carry in 24 hours. */
    short: z.int(),
  }),
})
export type StationsPage = z.infer<typeof stationsPage>

export const settingsDraft = z.strictObject(settings)
export type SettingsDraft = z.infer<typeof settingsDraft>

export const stationLogPage = z.strictObject({
  lines: z.array(logLine.extend({ stationName: z.string(), who: z.string() })),
})
export type StationLogPage = z.infer<typeof stationLogPage>

/** Mail to everyone (or to classes), as an admin writes it. */
export const mailingDraft = z.strictObject({
  subject: z.string().trim().min(1).max(200),
  body: z.string().trim().min(1).max(20_000),
  /** Empty: everyone. */
  classIds: z.array(z.string().max(40)).max(50),
})
export type MailingDraft = z.infer<typeof mailingDraft>

/** A large mailing: a job that makes one outgoing mail of each entry it is for. */
export const mailing = z.strictObject({
  ...kept,
  _id: z.string().startsWith('mailing:'),
  type: z.literal('mailing'),
  id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
  event: eventCode,
  ...mailingDraft.shape,
  /** Made outgoing mails of all entries (`queued`); `cancelled`: what has not gone out will not. */
  state: z.enum(['expanding', 'queued', 'cancelled']),
  mails: z.int().min(0),
  createdAt: instant,
  createdBy: accountId,
})
export type Mailing = z.infer<typeof mailing>
/** The console chooses the id, so that a lost answer can be asked for again. */
export const newMailing = mailingDraft.extend({ id: mailing.shape.id })

export const mailingRow = mailing
  .pick({ id: true, subject: true, classIds: true, state: true, mails: true, createdAt: true, createdBy: true })
  .extend({ sent: z.int(), waiting: z.int() })
export type MailingRow = z.infer<typeof mailingRow>
export const mailingsPage = z.strictObject({ mailings: z.array(mailingRow) })
export type MailingsPage = z.infer<typeof mailingsPage>

/** What a mailing would be: to how many, what the first of them would read, and when the last would go out. */
export const mailingPreview = z.strictObject({
  recipients: z.int(),
  /** As it will read, paragraph by paragraph, with the addresses that can be followed. Null: nobody would get it. */
  first: z
    .strictObject({
      to: z.string(),
      subject: z.string(),
      paragraphs: z.array(z.array(z.strictObject({ text: z.string(), url: z.string().optional() }))),
    })
    .nullable(),
  doneAt: instant.nullable(),
})
export type MailingPreview = z.infer<typeof mailingPreview>
export const mailingDocId = (id: string) => `mailing:${id}`
