import { z } from 'zod'
import { teamNumber } from './primitives.ts'

/** Which bibs are to be printed, and how. */
export const printBibs = z.strictObject({
  /** These teams alone; all when absent. Withdrawn ones are printed only when they are named. */
  teams: z.array(teamNumber).min(1).max(5000).optional(),
  /** Of those, the ones that entered one of these classes. */
  classIds: z.array(z.string().max(30)).min(1).max(50).optional(),
  perPage: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)]),
  language: z.enum(['ja', 'en']),
})
export type PrintBibs = z.infer<typeof printBibs>
