import { z } from 'zod'
import { factId, teamNumber, ulidText } from './primitives.ts'

/**
 * What the kept routes take, under the names that callers already use. Numbers may come as text, as they do in forms;
 * widths and case of numbers and codes make no difference.
 */
const plain = z.union([z.string().max(300), z.number()]).transform((given) => String(given).normalize('NFKC').trim())
const keptNumber = plain.transform((text) => text.toUpperCase()).pipe(teamNumber)
const keptEvent = plain.transform((text) => text.toLowerCase()).pipe(z.string().min(1).max(20))

export const registerTeamRequest = z.object({
  zekken_number: keptNumber,
  team_name: z.string().min(1).max(300),
  event_code: keptEvent,
  class_name: z.string().min(1).max(300),
  member_count: z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\s*\d{1,3}\s*$/)
        .transform(Number),
    ])
    .pipe(z.int().min(1).max(50)),
  /** Blanks alone are no password. */
  password: z
    .union([z.string().max(200), z.number()])
    .transform(String)
    .refine((text) => text === '' || text.trim() !== '', 'missing')
    .optional(),
})
export type RegisterTeamRequest = z.infer<typeof registerTeamRequest>

export const updateTeamNameRequest = z.object({
  zekken_number: keptNumber,
  new_team_name: z.string().min(1).max(300),
  event_code: keptEvent,
})
export type UpdateTeamNameRequest = z.infer<typeof updateTeamNameRequest>

/** Yes and no as JSON has them, and as forms do. */
const keptFlag = z
  .union([
    z.boolean(),
    z.number(),
    z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.enum(['', '0', '1', 'true', 'false', 'yes', 'no', 'on', 'off'])),
  ])
  .transform((given) => ![false, 0, '', '0', 'false', 'no', 'off'].includes(given))

export const generateScoreboardRequest = z.object({
  /** All teams when absent or empty. */
  zekken_number: z.union([z.literal('').transform(() => undefined), keptNumber]).optional(),
  event_code: keptEvent,
  reprint: keptFlag.optional(),
  bundle: keptFlag.optional(),
})
export type GenerateScoreboardRequest = z.infer<typeof generateScoreboardRequest>
/** Beside the files, which are called `photos`. `batch` joins several requests to one batch of the ten an hour. */
export const bulkUploadRequest = z.object({
  event_code: keptEvent,
  /** Of the files whose names say none. */
  zekken_number: keptNumber.optional(),
  batch: ulidText.optional(),
})

/** Times are ISO 8601 in UTC. */
const answered = { status: z.literal('OK'), message: z.string(), timestamp: z.string() }
export const registerTeamAnswer = z.object({ ...answered, team_id: z.string() })
export const updateTeamNameAnswer = z.object({ ...answered, old_name: z.string(), new_name: z.string() })
export const generateScoreboardAnswer = z.object({ ...answered, job_id: z.string(), url: z.string().optional() })
export const confirmCheckinRequest = z.object({
  checkin_id: z.string().max(80).trim().pipe(factId),
  action: z
    .string()
    .trim()
    .toUpperCase()
    .pipe(z.enum(['APPROVED', 'REJECTED'])),
  comment: z.string().trim().max(1000).optional(),
})
export type ConfirmCheckinRequest = z.infer<typeof confirmCheckinRequest>
export const confirmCheckinAnswer = z.object({
  status: z.literal('OK'),
  validation_status: z.enum(['APPROVED', 'REJECTED']),
  validation_comment: z.string(),
  /** ISO 8601 in UTC. */
  validated_at: z.string(),
  validated_by: z.string(),
})
export const keptError = z.object({ status: z.literal('ERROR'), message: z.string() })
