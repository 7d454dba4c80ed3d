import { z } from 'zod'
import { notPlacedReasons, ranking, rankingRow } from './derived.ts'
import { checkpoint, eventClass, eventRules } from './plan.ts'
import { accountId, eventCode, factId, instant, role, sha256Hex, teamNumber, ulidText } from './primitives.ts'

/** A class, or all of them together (`overallId`). */
export const rankingClass = z.string().regex(/^(?:[a-z0-9-]{1,30}|_overall)$/)

/** Why a snapshot was made: a person wanted one, or it was about to matter. */
export const snapshotOccasions = ['hand', 'freeze', 'publish', 'unpublish'] as const
export type SnapshotOccasion = (typeof snapshotOccasions)[number]

/** What of the plan moves points and places; so a later look can say what was changed. */
const scoringPlan = z.strictObject({
  startsAt: instant,
  endsAt: instant,
  rules: eventRules,
  classes: z.array(eventClass.omit({ name: true })),
  checkpoints: z.array(
    checkpoint.pick({
      number: true,
      lat: true,
      lng: true,
      points: true,
      radiusMeters: true,
      kind: true,
      opensAt: true,
      closesAt: true,
      cancelled: true,
    }),
  ),
})
export type ScoringPlan = z.infer<typeof scoringPlan>

/** After the index of the team: place, penalty, why not placed, and how much later than its class it started. */
const classRow = z.tuple([z.int(), z.int().nullable(), z.int(), z.enum(notPlacedReasons).nullable(), z.int()])
/** For all classes together also class and time. */
const overallRow = z.tuple([...classRow.def.items, z.string(), z.int().nullable()])

/** All rankings of an event at one moment, packed; written once, in `desk`. */
export const snapshot = z.strictObject({
  _id: z.string().startsWith('snapshot:'),
  _rev: z.string().optional(),
  type: z.literal('snapshot'),
  event: eventCode,
  at: instant,
  by: accountId,
  name: z.string().max(120),
  occasion: z.enum(snapshotOccasions),
  /** SHA-256 of teams, rankings and overall as JSON: two snapshots with the same one say the same. */
  hash: sha256Hex,
  teamCount: z.int(),
  plan: scoringPlan,
  /** Number, name, confirmed, provisional, pending, adjustment, check-ins, confirmed check-ins, goal. */
  teams: z.array(
    z.tuple([teamNumber, z.string(), z.int(), z.int(), z.int(), z.int(), z.int(), z.int(), instant.nullable()]),
  ),
  /** By class, in the order of their places. */
  rankings: z.array(z.strictObject({ classId: z.string(), rows: z.array(classRow) })),
  overall: z.array(overallRow),
})
export type SnapshotDoc = z.infer<typeof snapshot>

/**
 * How a ranking stands. `live`: nothing of it is public, the plan is open. `frozen`: not public, and no change of the plan
 * may move a score. `published`: the public sees its snapshot, and the same holds. `reopened`: the public goes on seeing
 * that snapshot while the plan is open for a correction.
 */
export const rankingStates = ['live', 'frozen', 'published', 'reopened'] as const
export type RankingState = (typeof rankingStates)[number]

const since = { at: instant, by: accountId }
const standing = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('live'), ...since }),
  z.strictObject({ state: z.literal('frozen'), ...since, snapshot: z.string() }),
  z.strictObject({ state: z.literal('published'), ...since, snapshot: z.string(), publishedAt: instant }),
  z.strictObject({ state: z.literal('reopened'), ...since, snapshot: z.string(), publishedAt: instant }),
])
export type Standing = z.infer<typeof standing>

/** Which snapshot the public sees of each ranking, in `desk`; what is not named is live. */
export const publication = z.strictObject({
  _id: z.literal('publication'),
  _rev: z.string().optional(),
  type: z.literal('publication'),
  event: eventCode,
  classes: z.record(rankingClass, standing),
})
export type PublicationDoc = z.infer<typeof publication>

export const rankingSchemas = { snapshot, publication } as const

/** What the console asks and is answered. */

export const rankingPage = z.strictObject({
  ranking: ranking.nullable(),
  state: z.enum(rankingStates),
  /** Since when it is so, and by whom; null: nobody has done anything about it. */
  since: z.strictObject(since).nullable(),
  /** What the public sees. */
  shown: z.strictObject({ snapshot: ulidText, publishedAt: instant }).nullable(),
})
export type RankingPage = z.infer<typeof rankingPage>

export const snapshotLine = z.strictObject({
  id: ulidText,
  at: instant,
  by: accountId,
  name: z.string(),
  occasion: z.enum(snapshotOccasions),
  hash: sha256Hex,
  teamCount: z.int(),
})
export type SnapshotLine = z.infer<typeof snapshotLine>

export const publicationPage = z.strictObject({
  now: instant,
  rankings: z.array(rankingPage.omit({ ranking: true }).extend({ classId: rankingClass })),
  /** Newest first. */
  snapshots: z.array(snapshotLine),
})
export type PublicationPage = z.infer<typeof publicationPage>

export const snapshotWish = z.strictObject({
  name: z.string().trim().max(120),
  occasion: z.enum(['hand', 'publish']),
})

export const publicationWish = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.enum(['freeze', 'unfreeze', 'unpublish']),
    classes: z.array(rankingClass).min(1).max(51),
  }),
  z.strictObject({ action: z.literal('publish'), classes: z.array(rankingClass).min(1).max(51), snapshot: ulidText }),
])
export type PublicationWish = z.infer<typeof publicationWish>
export type PublicationAction = PublicationWish['action']

const standingRow = rankingRow.pick({ place: true, net: true, notPlaced: true })
/** A fact that came after the earlier side of a comparison. */
const cause = z.strictObject({
  fact: factId,
  type: z.string(),
  at: instant,
  by: z.string(),
  as: role,
  says: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Cause = z.infer<typeof cause>

/** A team whose place or points differ; null: it was, or is, not in this ranking. */
export const rankingChange = z.strictObject({
  classId: rankingClass,
  team: teamNumber,
  name: z.string(),
  before: standingRow.nullable(),
  after: standingRow.nullable(),
})
export type RankingChange = z.infer<typeof rankingChange>

const planned = z.union([z.string(), z.number(), z.boolean()]).nullable()
export const planDifference = z.strictObject({
  of: z.enum(['event', 'rules', 'class', 'checkpoint']),
  /** Class or checkpoint. */
  id: z.string().optional(),
  field: z.string(),
  before: planned,
  after: planned,
})
export type PlanDifference = z.infer<typeof planDifference>

/** What changed between two moments; the earlier one may be what the public sees now, the later one the present. */
export const comparison = z.strictObject({
  /** Null: the public sees none, or those of several moments. */
  from: snapshotLine.nullable(),
  /** Null: as it stands now. */
  to: snapshotLine.nullable(),
  /** `isNew`: there is nothing to compare this ranking with. */
  rankings: z.array(z.strictObject({ classId: rankingClass, isNew: z.boolean(), teams: z.int(), changed: z.int() })),
  /** At most the first `mostChanges` of each ranking. */
  changes: z.array(rankingChange),
  /** What was recorded or decided in between, by team, for those whose points moved. */
  causes: z.record(teamNumber, z.array(cause)),
  plan: z.array(planDifference),
})
export const mostChanges = 300
export type Comparison = z.infer<typeof comparison>
