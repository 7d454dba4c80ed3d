import { z } from 'zod'
import { jobRow } from './jobs.ts'
import { accountId, eventCode, instant, sha256Hex, teamNumber, ulidText } from './primitives.ts'

const language = z.enum(['ja', 'en'])
const file = z.strictObject({ storageKey: z.string().max(300), bytes: z.int() })

/** A team's scoreboard as it was made last, in `desk`; the files lie in storage. */
export const report = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().regex(/^report:[A-Z0-9]{1,12}$/),
  type: z.literal('report'),
  event: eventCode,
  team: teamNumber,
  /** Counts makings that changed something, or were wanted anyway. */
  version: z.int().min(1),
  madeAt: instant,
  language,
  /** Of everything that is on it. */
  hash: sha256Hex,
  /** What the sheet says at its end, for lists. */
  net: z.int(),
  pdf: file,
  xlsx: file,
  /** By which the external system opens it: the link is made of the nonce by the installation's key. */
  outside: z.strictObject({ nonce: z.string().regex(/^[0-9a-f]{32}$/), until: instant }).optional(),
})
export type Report = z.infer<typeof report>

/** A way to one file without signing in, in `zk-office`; its id is the hash of the token, which is nowhere kept. */
export const reportLink = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().regex(/^report-link:[0-9a-f]{64}$/),
  type: z.literal('report-link'),
  event: eventCode,
  /** A team's report, whichever version stands, or a file that came of a job. */
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('report'), team: teamNumber }),
    z.strictObject({ kind: z.literal('file'), job: ulidText, file: z.int().min(0) }),
  ]),
  for: z.enum(['person', 'external', 'caller', 'download']),
  by: accountId,
  at: instant,
  until: instant,
  revoked: z.strictObject({ by: accountId, at: instant }).optional(),
})
export type ReportLink = z.infer<typeof reportLink>

export const makeScoreboards = z.strictObject({
  /** All with check-ins when absent. */
  teams: z.array(teamNumber).min(1).max(5000).optional(),
  language,
  /** Made anew though nothing has changed. */
  reprint: z.boolean().optional(),
  /** Put together into one PDF and one ZIP. */
  bundle: z.boolean().optional(),
})
export type MakeScoreboards = z.infer<typeof makeScoreboards>

const linkRow = z.strictObject({
  id: sha256Hex,
  team: teamNumber,
  for: reportLink.shape.for,
  by: z.string(),
  at: instant,
  until: instant,
  state: z.enum(['open', 'expired', 'revoked']),
})
export type LinkRow = z.infer<typeof linkRow>
export const linkList = z.strictObject({ now: instant, links: z.array(linkRow) })
export type LinkList = z.infer<typeof linkList>
export const makeLink = z.strictObject({ team: teamNumber, days: z.int().min(1).max(366) })
export const madeLink = z.strictObject({ link: z.string(), until: instant })
export type MadeLink = z.infer<typeof madeLink>

const reportRow = z.strictObject({
  team: teamNumber,
  name: z.string(),
  checkins: z.int(),
  made: z
    .strictObject({ version: z.int(), at: instant, language, net: z.int(), pdfBytes: z.int(), xlsxBytes: z.int() })
    .nullable(),
  /** Points as they stand now, to be held against those on paper. */
  net: z.int(),
})
export type ReportRow = z.infer<typeof reportRow>
export const reportList = z.strictObject({
  now: instant,
  keptDays: z.int(),
  reports: z.array(reportRow),
  jobs: z.array(jobRow),
})
export type ReportList = z.infer<typeof reportList>
