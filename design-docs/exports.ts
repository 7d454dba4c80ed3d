import { z } from 'zod'
import { notPlacedReasons, verdictStatus } from './derived.ts'
import { checkpointNumber } from './primitives.ts'

/** What of the results is to be in a file, and how it is to be written. */
export const exportQuery = z.strictObject({
  class: z
    .string()
    .regex(/^[a-z0-9-]{1,30}$/)
    .optional(),
  result: z.enum(['placed', 'no-place', ...notPlacedReasons]).optional(),
  /** Of check-ins. */
  status: verdictStatus.optional(),
  checkpoint: checkpointNumber.optional(),
  /** Of teams: number, names, readings. */
  words: z.string().max(200).optional(),
  /** The caller's when absent. */
  language: z.enum(['ja', 'en']).optional(),
  /** Of CSV. */
  encoding: z.enum(['utf-8', 'shift-jis']).default('utf-8'),
  /** What becomes of characters that Shift_JIS does not have: the export is refused, or they are written as `&#134071;`. */
  unwritable: z.enum(['refuse', 'number']).default('refuse'),
})
export type ExportQuery = z.infer<typeof exportQuery>

/** In `figures` of ZK-EXPORT-001: the first of the characters that cannot be written, and cells with them. */
export type Unwritable = { characters: string[]; cells: string[] }
