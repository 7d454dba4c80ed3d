import { z } from 'zod'
import { audit } from './audit.ts'
import { reviewFilters } from './console.ts'
import { message, reason, verdictStatus } from './derived.ts'
import { chat as chatFact, review, teamStatuses } from './facts.ts'
import {
  accountId,
  checkpointNumber,
  deviceId,
  eventCode,
  factId,
  instant,
  position,
  role,
  teamNumber,
  ulidText,
  words,
} from './primitives.ts'

/** What the review queue can be narrowed by; all that are given must hold. */
export const reviewQuery = z.strictObject({
  filter: z.enum(reviewFilters).default('open'),
  checkpoint: checkpointNumber.optional(),
  team: teamNumber.optional(),
  reason: reason.optional(),
  class: z
    .string()
    .regex(/^[a-z0-9-]{1,30}$/)
    .optional(),
  device: deviceId.optional(),
  by: accountId.optional(),
})
export type ReviewQuery = z.infer<typeof reviewQuery>

/** A check-in to be decided with others, and the decision on it that was seen: a later one is not overruled. */
const bulkItem = z.strictObject({ checkin: factId, seen: instant.optional() })
export const bulkLimit = 5000

/** What a bulk would decide, by status. */
export const bulkLook = z.strictObject({
  items: z.array(bulkItem).max(bulkLimit),
  /** How many fit, more than `items` when there are too many for one bulk. */
  total: z.int(),
  byStatus: z.record(verdictStatus, z.int()),
  teams: z.int(),
})
export type BulkLook = z.infer<typeof bulkLook>

export const bulkDraft = z.strictObject({
  /** Chosen by the console; sending the same one again is harmless. */
  id: ulidText,
  action: review.shape.action,
  comment: review.shape.comment,
  items: z.array(bulkItem).min(1).max(bulkLimit),
})
export type BulkDraft = z.infer<typeof bulkDraft>

const skipped = z.strictObject({
  checkin: factId,
  /** `decided`: a person decided on it after it had been looked at. `gone`: it was taken back. */
  why: z.enum(['decided', 'gone']),
})

/** Many reviews by one person at once, in `desk`, so that it goes on where it stopped and can be taken back whole. */
export const bulk = z.strictObject({
  _id: z.string().startsWith('bulk:'),
  _rev: z.string().optional(),
  type: z.literal('bulk'),
  event: eventCode,
  by: accountId,
  as: role,
  at: instant,
  action: review.shape.action,
  comment: review.shape.comment,
  items: z.array(bulkItem).max(bulkLimit),
  /** So many of the items are worked off. */
  next: z.int(),
  skipped: z.array(skipped),
  /** Being taken back, or taken back: by whom, and how many of the items are worked off. */
  undo: z.strictObject({ by: accountId, at: instant, next: z.int() }).optional(),
})
export type Bulk = z.infer<typeof bulk>

/** A bulk in a line. */
export const bulkRow = bulk
  .pick({ by: true, at: true, action: true, comment: true, skipped: true, undo: true })
  .extend({ id: ulidText, total: z.int(), next: z.int() })
export type BulkRow = z.infer<typeof bulkRow>
export const bulkList = z.strictObject({ bulks: z.array(bulkRow) })

/** Who decided how much, and what waits where. */
export const reviewCounts = z.strictObject({
  checkpoints: z.array(
    z.strictObject({
      checkpoint: checkpointNumber,
      name: words.nullable(),
      /** Waiting for a person. */
      unjudged: z.int(),
      /** Let pass by the rules, seen by nobody. */
      provisional: z.int(),
      decided: z.int(),
      oldestUnjudgedAt: instant.nullable(),
    }),
  ),
  judges: z.array(
    z.strictObject({
      account: accountId,
      decided: z.int(),
      lastAt: instant.nullable(),
      /** Unjudged ones that this person has on screen now. */
      holds: z.int(),
    }),
  ),
})
export type ReviewCounts = z.infer<typeof reviewCounts>

const lastSeen = z.strictObject({
  at: instant,
  /** A checkpoint's number, or `reception`. */
  checkpoint: z.string(),
  name: words.nullable(),
  device: z.string(),
})
const outTeam = { team: teamNumber, name: z.string(), members: z.int(), lastSeen: lastSeen.nullable() }
/** Who is still out: nobody when all three lists are empty. */
export const outPage = z.strictObject({
  now: instant,
  /** On the course, the one longest overdue first. */
  out: z.array(
    z.strictObject({
      ...outTeam,
      /** Received, its class has started, and nobody has recorded it since. */
      unseen: z.boolean(),
      status: z.enum(teamStatuses),
      overdueMinutes: z.int(),
      limitAt: instant.nullable(),
      phone: z.string().optional(),
    }),
  ),
  /** Gave up, and are not known to be back. */
  retired: z.array(
    z.strictObject({
      ...outTeam,
      at: instant,
      reason: z.string(),
      place: z.string().optional(),
      phone: z.string().optional(),
    }),
  ),
  help: z.array(
    z.strictObject({
      ...outTeam,
      /** Every call that stands; all are taken back when help is no longer needed. */
      facts: z.array(factId),
      at: instant,
      text: z.string().optional(),
      position: position.optional(),
      /** The checkpoint nearest to the position, and how far it is. */
      near: z.strictObject({ checkpoint: checkpointNumber, name: words, meters: z.number() }).optional(),
      phone: z.string().optional(),
    }),
  ),
  back: z.strictObject({ finished: z.int(), retired: z.int(), notStarted: z.int() }),
  /** Whether the caller may see phone numbers. */
  phones: z.boolean(),
})
export type OutPage = z.infer<typeof outPage>

const recorded = z.strictObject({
  checkin: factId,
  checkpoint: checkpointNumber,
  name: words.nullable(),
  at: instant,
  device: z.string(),
  by: accountId,
  as: role,
  method: z.string(),
  status: verdictStatus,
})
/** A team at two places that no team could both have been at. */
export const doubleRow = z.strictObject({
  /** `at-once`: within a minute, so that one of the two was another team. */
  kind: z.enum(['at-once', 'too-fast']),
  team: teamNumber,
  teamName: z.string(),
  first: recorded,
  second: recorded,
  apartMs: z.int(),
  meters: z.int(),
  speedKmh: z.number().nullable(),
})
export type DoubleRow = z.infer<typeof doubleRow>
export const doublePage = z.strictObject({ maxSpeedKmh: z.number(), rows: z.array(doubleRow) })

/** A team's question about a decision. */
export const protest = z.strictObject({
  fact: factId,
  team: teamNumber,
  teamName: z.string(),
  at: instant,
  text: z.string(),
  by: accountId,
  /** Asked after the window had ended. */
  late: z.boolean(),
  state: z.enum(['open', 'answered', 'done']),
  answers: z.array(message.pick({ at: true, by: true, text: true })),
  about: z
    .strictObject({
      checkin: chatFact.shape.about.unwrap(),
      checkpoint: checkpointNumber,
      status: verdictStatus,
      reviewedAt: instant.optional(),
      reviewedBy: accountId.optional(),
    })
    .nullable(),
})
export type Protest = z.infer<typeof protest>
export const protestPage = z.strictObject({
  now: instant,
  /** Null: there is no window. */
  until: instant.nullable(),
  protests: z.array(protest),
})
export type ProtestPage = z.infer<typeof protestPage>

/** The phones that a notice is for and that have not shown it to anyone. */
export const unseenPage = z.strictObject({
  phones: z.array(
    z.strictObject({
      device: z.string(),
      name: z.string(),
      account: z.string(),
      role,
      team: teamNumber.optional(),
      teamName: z.string().optional(),
      has: z.boolean(),
      lastContactAt: instant.nullable(),
    }),
  ),
  /** Teams of the audience none of whose phones has shown it, those without a phone too. */
  teams: z.array(z.strictObject({ team: teamNumber, name: z.string(), phones: z.int(), state: z.string() })),
})
export type UnseenPage = z.infer<typeof unseenPage>

/** One line of the log of what organizers did. */
export const auditRow = audit
  .pick({ at: true, by: true, action: true, about: true, details: true, was: true, is: true })
  .extend({ seq: z.int().nullable(), hash: z.string().nullable() })
export type AuditRow = z.infer<typeof auditRow>
export const auditPage = z.strictObject({
  audit: z.array(auditRow),
  /** Of those that fit, shown or not. */
  total: z.int(),
  /** All actions and persons in the log, to choose from. */
  actions: z.array(z.string()),
  people: z.array(z.string()),
})
export type AuditPage = z.infer<typeof auditPage>
