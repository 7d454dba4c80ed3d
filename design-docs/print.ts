import { z } from 'zod'
import { teamNumber } from './primitives.ts'

const perPage = z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)])
const language = z.enum(['ja', 'en'])

/** Which bibs are to be printed, and how. */
export const printBibs = z.strictObject({
  /** These teams alone; all when absent. Withdrawn ones are printed only when they are named. */
  teams: z.array(teamNumber).min(1).max(5000).optional(),
  perPage,
  language,
})
export type PrintBibs = z.infer<typeof printBibs>

/** Numbers to be set aside for teams that come without an entry, and their signed bibs. */
export const printBlankBibs = z.strictObject({
  from: z.int().min(1).max(999_999),
  count: z.int().min(1).max(1000),
  perPage,
  language,
})
export type PrintBlankBibs = z.infer<typeof printBlankBibs>

export const blankRange = z.strictObject({ from: z.int(), to: z.int(), bound: z.int() })
export type BlankRange = z.infer<typeof blankRange>
export const blankPage = z.strictObject({ ranges: z.array(blankRange), freeFrom: z.int() })
export type BlankPage = z.infer<typeof blankPage>

/** A network's name has at most 32 bytes, its password 8 to 63 characters: IEEE 802.11. */
const wifi = z.strictObject({
  ssid: z
    .string()
    .min(1)
    .refine((text) => new TextEncoder().encode(text).length <= 32, 'too-long'),
  password: z.union([z.literal(''), z.string().min(8).max(63)]),
  hidden: z.boolean(),
})

export const printPosters = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('checkpoints'), language }),
  z.strictObject({ kind: z.literal('entry'), language }),
  z.strictObject({ kind: z.literal('staff'), language }),
  z.strictObject({ kind: z.literal('wifi'), wifi, language }),
])
export type PrintPosters = z.infer<typeof printPosters>
