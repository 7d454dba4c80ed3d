import { z } from 'zod'
import { accountId, deviceId, eventCode, instant, role, teamNumber, ulidText } from './primitives.ts'

/** Documents of `zk-office`, the installation's own database. No device and no console reads it but through the API. */
export const kept = { _rev: z.string().optional() }
/** Hex of 32 bytes: the SHA-256 of a secret, so that a stolen copy of the database signs no one in. */
export const hashed = z.string().regex(/^[0-9a-f]{64}$/)
/** The teams that somebody is of, or acts for. */
export const teams = z.array(teamNumber).max(50)

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
  ended: z.strictObject({ at: instant, why: z.enum(['left', 'reused', 'replaced', 'forgotten']) }).optional(),
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
