import { z } from 'zod'
import { accountId, eventCode, instant, ulidText } from './primitives.ts'

/** Work that takes longer than a request, in `zk-office`; done item by item by the process that runs the functions. */
export const jobStates = ['waiting', 'running', 'finishing', 'done', 'failed', 'cancelled'] as const
export const jobState = z.enum(jobStates)

const counts = z.strictObject({ total: z.int(), done: z.int(), unchanged: z.int(), parked: z.int() })
export type JobCounts = z.infer<typeof counts>

/** A file that came of a job. The storage key never leaves the server. */
export const jobFile = z.strictObject({
  name: z.string().max(120),
  storageKey: z.string().max(300),
  contentType: z.string().max(100),
  bytes: z.int(),
})
export type JobFile = z.infer<typeof jobFile>

export const job = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().startsWith('job:'),
  type: z.literal('job'),
  event: eventCode,
  /** Names who knows how it is done. */
  kind: z.string().regex(/^[a-z-]{1,30}$/),
  /** What was asked for, as the kind has it. */
  asked: z.json(),
  by: accountId,
  at: instant,
  state: jobState,
  cancelAsked: z.strictObject({ by: accountId, at: instant }).optional(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  counts,
  files: z.array(jobFile).max(20),
  /** Why no result could be put together; the items are done. */
  error: z.string().max(500).nullable(),
})
export type Job = z.infer<typeof job>
export const jobId = (ulid: string) => `job:${ulid}`

/** One unit of a job's work, and what came of it: a killed process goes on with those that wait. */
export const jobItem = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().startsWith('job-item:'),
  type: z.literal('job-item'),
  event: eventCode,
  job: ulidText,
  key: z.string().max(200),
  state: z.enum(['waiting', 'done', 'unchanged', 'parked']),
  tries: z.int(),
  /** Of the product's table where it is one of its errors. */
  code: z.string().max(40).nullable(),
  error: z.string().max(500).nullable(),
  at: instant,
})
export type JobItem = z.infer<typeof jobItem>
export const jobItemId = (ulid: string, key: string) => `job-item:${ulid}:${key}`

/** A job as the console sees it. */
export const jobRow = z.strictObject({
  id: ulidText,
  ...job.pick({
    kind: true,
    by: true,
    at: true,
    state: true,
    startedAt: true,
    endedAt: true,
    counts: true,
    error: true,
  }).shape,
  /** What is made: the kind, or of a paper which one. */
  what: z.string().max(40),
  isCancelling: z.boolean(),
  files: z.array(jobFile.omit({ storageKey: true })),
  parked: z.array(jobItem.pick({ key: true, code: true, error: true, tries: true, at: true })).max(200),
})
export type JobRow = z.infer<typeof jobRow>
/** `keptDays`: so long after its end a job and its files are removed. */
export const jobList = z.strictObject({ now: instant, keptDays: z.int(), jobs: z.array(jobRow) })
export type JobList = z.infer<typeof jobList>
