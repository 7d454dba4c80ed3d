import { z } from 'zod'
import { fact } from './facts.ts'
import { kept } from './office.ts'
import { accountId, deviceId, eventCode, factId, instant, sha256Hex, teamNumber } from './primitives.ts'

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
