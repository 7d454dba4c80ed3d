import { z } from 'zod'
import {
  chat as chatFact,
  handling as handlingFact,
  notice as noticeFact,
  read as readFact,
  ruling as rulingFact,
  timing as timingFact,
} from './facts.ts'
import { checkpointNumber, factId, instant, teamNumber, ulidText } from './primitives.ts'

const decided = {
  /** Chosen by the console; sending the same one again is harmless. */
  id: ulidText,
  /** How long ago it was decided; the console's own clock is never needed. */
  ageMs: z.int().min(0).max(604_800_000),
}
const why = z.string().trim().min(1).max(1000)
/** What a person at the desk decides; the server makes one fact of each. */
export const decision = z.discriminatedUnion('kind', [
  z.strictObject({
    ...decided,
    kind: z.literal('review'),
    checkin: factId,
    action: z.enum(['APPROVED', 'REJECTED']),
    comment: z.string().trim().max(1000).optional(),
    /** The review the judge saw, so that two judges do not overrule each other unawares; absent: none. */
    seenReviewedAt: instant.optional(),
  }),
  z.strictObject({ ...decided, kind: z.literal('void'), fact: factId, reason: why }),
  z.strictObject({
    ...decided,
    kind: z.literal('adjustment'),
    team: teamNumber,
    points: z.int().min(-100_000).max(100_000),
    reason: why,
  }),
  z.strictObject({
    ...decided,
    kind: z.literal('ruling'),
    team: teamNumber,
    status: rulingFact.shape.status,
    reason: why,
  }),
  z.strictObject({
    ...decided,
    kind: z.literal('timing'),
    team: teamNumber,
    ...timingFact.pick({ is: true }).shape,
    of: timingFact.shape.kind,
    reason: why,
  }),
  z.strictObject({
    ...decided,
    kind: z.literal('back'),
    team: teamNumber,
    note: z.string().trim().max(1000).optional(),
  }),
  z.strictObject({
    ...decided,
    kind: z.literal('move'),
    checkin: factId,
    /** Where it belongs; what is absent stays. */
    to: z.strictObject({ team: teamNumber.optional(), checkpoint: checkpointNumber.optional() }),
    reason: why,
  }),
  z.strictObject({ ...decided, kind: z.literal('retire'), team: teamNumber, reason: why }),
  z.strictObject({
    ...decided,
    kind: z.literal('notice'),
    ...noticeFact.pick({ title: true, body: true, audience: true, expiresAt: true, urgent: true }).shape,
    /** Absent: at once. */
    publishAt: instant.optional(),
  }),
  z.strictObject({
    ...decided,
    kind: z.literal('chat'),
    team: teamNumber,
    ...chatFact.pick({ text: true, replyTo: true }).shape,
  }),
  z.strictObject({ ...decided, kind: z.literal('read'), team: teamNumber, messages: readFact.shape.messages }),
  z.strictObject({
    ...decided,
    kind: z.literal('handling'),
    team: teamNumber,
    ...handlingFact.pick({ step: true, to: true }).shape,
  }),
  z.strictObject({
    ...decided,
    kind: z.literal('correction'),
    team: teamNumber,
    field: z.enum(['name', 'kana', 'attention', 'classIds', 'bibIssue', 'revokedBibs']),
    is: z.union([z.string().max(200), z.array(z.string().max(30)).max(10), z.int(), z.array(z.int()).max(50)]),
  }),
])
export type Decision = z.infer<typeof decision>
export const decisionAnswer = z.strictObject({ fact: factId })
