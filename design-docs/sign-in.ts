import { z } from 'zod'
import { hashed, kept, teams } from './office.ts'
import { accountId, deviceId, eventCode, instant, role, teamNumber } from './primitives.ts'

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
