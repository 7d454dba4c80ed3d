import { z } from 'zod'
import { eventCode, instant } from './primitives.ts'

/** What the runner keeps in `zk-office` for each function of each event, so that a killed process goes on where it was. */
const kept = { _rev: z.string().optional(), event: eventCode, function: z.string() }

/** A place in a changes feed; opaque, as CouchDB wants it. */
export const sequence = z.union([z.string(), z.number()])
export type Sequence = z.infer<typeof sequence>

/** A walk through all teams that is under way: those after `after`, up to `upTo`, then those up to `thenUpTo`. */
export const round = z.strictObject({
  after: z.string(),
  upTo: z.string().optional(),
  thenUpTo: z.string().optional(),
})
export type Round = z.infer<typeof round>

/** Everything before these places has been worked off: its effects are durable or its keys are parked. */
export const positionDoc = z.strictObject({
  ...kept,
  _id: z.string().startsWith('position:'),
  type: z.literal('position'),
  since: z.strictObject({ log: sequence.optional(), desk: sequence.optional() }),
  round: round.optional(),
})
export type PositionDoc = z.infer<typeof positionDoc>

/** The function is to be called with this key once `at` is past. */
export const wakeDoc = z.strictObject({
  ...kept,
  _id: z.string().startsWith('wake:'),
  type: z.literal('wake'),
  key: z.string(),
  at: instant,
})
export type WakeDoc = z.infer<typeof wakeDoc>

/** A key that failed: tried again at `nextAt`, and after the last try kept for a person to look at. */
export const parkedDoc = z.strictObject({
  ...kept,
  _id: z.string().startsWith('parked:'),
  type: z.literal('parked'),
  key: z.string(),
  state: z.enum(['retrying', 'parked']),
  tries: z.int(),
  error: z.string(),
  firstAt: instant,
  lastAt: instant,
  nextAt: instant.nullable(),
})
export type ParkedDoc = z.infer<typeof parkedDoc>

/** A note to the process that runs the functions, by one that does not: this parked item is to be tried again. */
export const redriveDoc = z.strictObject({
  _id: z.string().startsWith('redrive:'),
  _rev: z.string().optional(),
  type: z.literal('redrive'),
  item: z.string().startsWith('parked:'),
  at: instant,
})
export type RedriveDoc = z.infer<typeof redriveDoc>

export const positionId = (event: string, name: string) => `position:${event}:${name}`
export const wakeId = (event: string, name: string, key: string) => `wake:${event}:${name}:${key}`
export const parkedId = (event: string, name: string, key: string) => `parked:${event}:${name}:${key}`
export const redriveId = (item: string) => `redrive:${item}`
