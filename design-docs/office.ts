import { z } from 'zod'
import { fact } from './facts.ts'
import { accountId, deviceId, eventCode, factId, instant, role, sha256Hex, teamNumber, ulidText } from './primitives.ts'

/** Documents of `zk-office`, the installation's own database. No device and no console reads it but through the API. */
const kept = { _rev: z.string().optional() }
/** Hex of 32 bytes: the SHA-256 of a secret, so that a stolen copy of the database signs no one in. */
const hashed = z.string().regex(/^[0-9a-f]{64}$/)
const teams = z.array(teamNumber).max(50)

/** Names the data: a copy carries it along, a new installation has another. Phones refill their mirrors when it changes. */
export const generationDoc = z.strictObject({
  ...kept,
  _id: z.literal('generation'),
  type: z.literal('generation'),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  since: instant,
})

export const account = z.strictObject({
  ...kept,
  _id: z.string().startsWith('account:'),
  type: z.literal('account'),
  account: accountId,
  name: z.string().min(1).max(120),
  event: eventCode,
  role,
  teams,
  createdAt: instant,
})
export type Account = z.infer<typeof account>

/**
 * A sign-in on one device. Each refresh adds a secret; the one it came from retires when the new one is first used, so a
 * phone that lost the answer simply asks again.
 */
export const session = z.strictObject({
  ...kept,
  _id: z.string().startsWith('session:'),
  type: z.literal('session'),
  account: accountId,
  name: z.string(),
  event: eventCode,
  role,
  teams,
  device: deviceId,
  createdAt: instant,
  lastUsedAt: instant,
  expiresAt: instant,
  secrets: z
    .array(z.strictObject({ hash: hashed, from: hashed.nullable(), issuedAt: instant, retiredAt: instant.optional() }))
    .max(40),
  ended: z.strictObject({ at: instant, why: z.enum(['left', 'reused', 'replaced']) }).optional(),
})
export type Session = z.infer<typeof session>

/** Who was ever signed in on a device: a shared phone changes hands with unsent facts aboard. */
export const grant = z.strictObject({ account: accountId, as: role, event: eventCode, teams, since: instant })
export type Grant = z.infer<typeof grant>

export const publicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[\w-]{43}$/),
  y: z.string().regex(/^[\w-]{43}$/),
})

export const device = z.strictObject({
  ...kept,
  _id: z.string().startsWith('device:'),
  type: z.literal('device'),
  device: deviceId,
  name: z.string().max(120),
  app: z.enum(['staff', 'admin', 'participant', 'display']),
  event: eventCode,
  publicKey: publicKey.optional(),
  grants: z.array(grant).max(500),
  createdAt: instant,
  removed: z.strictObject({ at: instant, by: accountId, reason: z.string().max(300).optional() }).optional(),
})
export type Device = z.infer<typeof device>

/** Which notices a device has, and which were opened on it, as ulids of their facts. */
export const noticesAboard = z.strictObject({ have: z.array(ulidText).max(300), read: z.array(ulidText).max(300) })

/** What a device said of itself at its last sync, apart from `device` because it changes so often. */
export const contact = z.strictObject({
  ...kept,
  _id: z.string().startsWith('contact:'),
  type: z.literal('contact'),
  device: deviceId,
  event: eventCode,
  account: accountId,
  as: role,
  at: instant,
  version: z.string().max(60),
  unsent: z.int().min(0),
  photosUnsent: z.int().min(0),
  refused: z.int().min(0),
  oldestUnsentAt: instant.nullable(),
  /** Server minus device, as the device last measured it. */
  clockOffsetMs: z.int().nullable(),
  notices: noticesAboard.optional(),
})
export type Contact = z.infer<typeof contact>

/** A way in, made by an admin for one person; its id is the hash of the token, which is nowhere kept. */
export const invitation = z.strictObject({
  ...kept,
  _id: z.string().startsWith('invitation:'),
  type: z.literal('invitation'),
  event: eventCode,
  role,
  teams,
  account: accountId,
  name: z.string().min(1).max(120),
  createdBy: accountId,
  createdAt: instant,
  expiresAt: instant,
  used: z.strictObject({ at: instant, device: deviceId }).optional(),
  withdrawn: z.strictObject({ at: instant, by: accountId }).optional(),
})
export type Invitation = z.infer<typeof invitation>

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

/**
 * The right to make the first event of an installation, printed by a start and replaced by the next one while unused.
 * From the first try on it is bound to one code and one account, so that a lost answer can be asked for again.
 */
export const setUpTicket = z.strictObject({
  ...kept,
  _id: z.literal('set-up'),
  type: z.literal('set-up'),
  token: hashed,
  expiresAt: instant,
  claimed: z.strictObject({ at: instant, event: eventCode, account: accountId }).optional(),
})
export type SetUpTicket = z.infer<typeof setUpTicket>

/** The short code of an invitation, keyed by its HMAC; it lives ten minutes. */
export const invitationCode = z.strictObject({
  ...kept,
  _id: z.string().startsWith('code:'),
  type: z.literal('code'),
  invitation: z.string().startsWith('invitation:'),
  expiresAt: instant,
})

/**
 * A number's current passcode. The six digits are not in it: they are made of the nonce by the installation's key, when
 * the mail is sent and when they are typed. It is there for every number that was asked for, entered or not.
 */
export const passcode = z.strictObject({
  ...kept,
  _id: z.string().startsWith('passcode:'),
  type: z.literal('passcode'),
  event: eventCode,
  number: teamNumber,
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  expiresAt: instant,
  misses: z.int().min(0),
  used: z.strictObject({ at: instant, device: deviceId }).optional(),
  /** When it was asked for within the last hour, this and earlier codes. */
  askedAt: z.array(instant).max(50),
})
export type Passcode = z.infer<typeof passcode>

/**
 * A password of a team or the secret of an agent: scrypt over it, and over that an HMAC by the installation's key, so that
 * a stolen database cannot even be guessed at. The cost stands beside it, so that it can be raised.
 */
export const credential = z.strictObject({
  ...kept,
  _id: z.string().startsWith('credential:'),
  type: z.literal('credential'),
  event: eventCode,
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  hash: hashed,
  cost: z.strictObject({ n: z.int(), r: z.int(), p: z.int() }),
  setAt: instant,
  setBy: z.string(),
  /** Of an agent: who it is, and the teams it acts for. */
  agent: z.strictObject({ account: accountId, name: z.string().min(1).max(120), teams }).optional(),
})
export type Credential = z.infer<typeof credential>

/** A key of an admin's own device (WebAuthn level 3), which signs in without a code; only its public half is here. */
export const passkey = z.strictObject({
  ...kept,
  _id: z.string().regex(/^passkey:[\w-]{16,400}$/),
  type: z.literal('passkey'),
  event: eventCode,
  account: accountId,
  /** As its owner calls it. */
  label: z.string().min(1).max(80),
  /** COSE key, base64url. */
  publicKey: z.string().max(3000),
  counter: z.int().min(0),
  transports: z.array(z.string().max(20)).max(10),
  madeAt: instant,
  usedAt: instant.nullable(),
  /** Hashes of the challenges that it has answered of late: each opens a door once. */
  answered: z.array(z.strictObject({ challenge: z.string(), at: instant })).max(100),
})
export type Passkey = z.infer<typeof passkey>

/** When something was done within the last hour, such as a failed sign-in for a number; counts for all processes. */
export const tally = z.strictObject({
  ...kept,
  _id: z.string().startsWith('tally:'),
  type: z.literal('tally'),
  at: z.array(instant).max(100),
})
export type Tally = z.infer<typeof tally>

/** A fact that the gateway turned away, for the console; the phone keeps the fact itself. */
export const refusedFact = z.strictObject({
  ...kept,
  _id: z.string().startsWith('refused:'),
  type: z.literal('refused'),
  event: eventCode,
  device: deviceId,
  account: accountId,
  factId: z.string().max(300),
  code: z.string(),
  /** The fact as sent, without attachments, cut at 4,000 characters. */
  text: z.string().max(4000),
  firstAt: instant,
  at: instant,
  times: z.int().min(1),
})
export type RefusedFact = z.infer<typeof refusedFact>

/** A fact handed over by a removed device; an admin takes it in or turns it down. */
export const quarantined = z.strictObject({
  ...kept,
  _id: z.string().startsWith('quarantine:'),
  type: z.literal('quarantine'),
  event: eventCode,
  device: deviceId,
  factId,
  /** With its revision and previews, as the device's later push would bring it. */
  fact: fact,
  rev: z.string().regex(/^1-[0-9a-f]{32}$/),
  receivedAt: instant,
  state: z.enum(['waiting', 'accepted', 'discarded']),
  decidedBy: accountId.optional(),
  decidedAt: instant.optional(),
})
export type Quarantined = z.infer<typeof quarantined>

/** Pieces of an original that a removed device handed over; they wait beside those of other photos. */
export const quarantinedFilm = z.strictObject({
  ...kept,
  _id: z.string().startsWith('quarantine-film:'),
  type: z.literal('quarantine-film'),
  event: eventCode,
  device: deviceId,
  photo: factId,
  receivedAt: instant,
  state: z.enum(['waiting', 'accepted', 'discarded']),
})
export type QuarantinedFilm = z.infer<typeof quarantinedFilm>

/** An error that somebody was shown, counted; without anything that opens a door. */
export const errorCase = z.strictObject({
  ...kept,
  _id: z.string().startsWith('case:'),
  type: z.literal('case'),
  event: eventCode,
  code: z.string().max(40),
  /** As the access table has it. */
  route: z.string().max(200),
  account: accountId.optional(),
  device: deviceId.optional(),
  /** Teams of whoever was signed in, or the number that was given to sign in. */
  numbers: z.array(teamNumber).max(50),
  figures: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  firstAt: instant,
  at: instant,
  times: z.int().min(1),
})
export type ErrorCase = z.infer<typeof errorCase>

/** A file of unsent records that somebody brought in: who may bring its originals, and what became of its records. */
export const parcelTaken = z.strictObject({
  ...kept,
  _id: z.string().startsWith('parcel:'),
  type: z.literal('parcel'),
  event: eventCode,
  device: deviceId,
  deviceName: z.string().max(120),
  file: z.int().min(1),
  files: z.int().min(1),
  madeAt: instant,
  /** Photos whose originals are in the file. */
  photos: z.array(factId).max(500),
  counts: z.strictObject({ new: z.int(), known: z.int(), waits: z.int(), refused: z.int() }),
  /** The first one brought it, the others brought it again. */
  carriers: z.array(z.strictObject({ account: accountId, device: deviceId, at: instant })).max(20),
})
export type ParcelTaken = z.infer<typeof parcelTaken>

/**
 * What a removed device handed over and nothing here can read: no fact by today's rules, or bytes that no record
 * explains. Kept as it came.
 */
export const unreadable = z.strictObject({
  ...kept,
  _id: z.string().startsWith('unreadable:'),
  type: z.literal('unreadable'),
  event: eventCode,
  device: deviceId,
  /** The id that the device gave it, cut at 300 characters. */
  about: z.string().max(300),
  kind: z.enum(['record', 'original']),
  /** Why it was not taken. */
  code: z.string().max(40),
  bytes: z.int(),
  sha256: sha256Hex,
  storageKey: z.string().max(200),
  /** The beginning of a record's JSON, to be shown. */
  head: z.string().max(2000),
  receivedAt: instant,
  state: z.enum(['waiting', 'discarded']),
})
export type Unreadable = z.infer<typeof unreadable>

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
