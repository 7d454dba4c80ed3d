import { z } from 'zod'
import { accountId, deviceId, instant, teamNumber } from './primitives.ts'

/** Fees that one person took with one device, as its receptions say. */
export const tillRow = z.strictObject({
  device: deviceId,
  /** Null of a device that is not in the list any more. */
  deviceName: z.string().nullable(),
  by: accountId,
  teams: z.array(teamNumber),
  firstAt: instant,
  lastAt: instant,
})
export type TillRow = z.infer<typeof tillRow>

/** `unpaid`: received, and the fee not; `absent`: not received yet. */
export const cashUp = z.strictObject({
  tills: z.array(tillRow),
  unpaid: z.array(teamNumber),
  absent: z.int(),
})
export type CashUp = z.infer<typeof cashUp>
