import { z } from 'zod'
import { card, message, notice, reason, thread, verdictStatus } from './derived.ts'
import type { JobRow } from './jobs.ts'
import { cannedReplies, checkpoint, event } from './plan.ts'
import { accountId, checkpointNumber, factId, instant, position, role, teamNumber, words } from './primitives.ts'

/** What the API of the console takes and answers. The console imports the types alone. */

/** A check-in as the review queue shows it. */
export const reviewItem = z.strictObject({
  checkin: factId,
  team: teamNumber,
  teamName: z.string(),
  checkpoint: checkpointNumber,
  checkpointName: words.nullable(),
  at: instant,
  firstSeenAt: instant.nullable(),
  status: verdictStatus,
  automatic: verdictStatus,
  reasons: z.array(reason),
  figures: z.record(z.string(), z.number()),
  distanceMeters: z.number().optional(),
  points: z.int(),
  counts: z.boolean(),
  photo: factId.optional(),
  /** Null until the server has made anything of the photo. */
  image: z.strictObject({ version: z.int(), sizes: z.array(z.string()), problem: z.string().optional() }).nullable(),
  device: z.string(),
  by: z.string(),
  as: role,
  method: z.string(),
  reviewedBy: z.string().optional(),
  reviewedAt: instant.optional(),
  comment: z.string().optional(),
})
export type ReviewItem = z.infer<typeof reviewItem>

/** Someone is looking at this check-in until then; others pass it over. */
export const claim = z.strictObject({ checkin: factId, by: z.string(), device: z.string(), until: instant })
export type Claim = z.infer<typeof claim>

export const reviewFilters = ['PENDING', 'AUTO_APPROVED', 'open', 'decided'] as const
export type ReviewFilter = (typeof reviewFilters)[number]

export const reviewQueue = z.strictObject({
  items: z.array(reviewItem),
  /** How many there are by status, shown or not. */
  counts: z.record(verdictStatus, z.int()),
  /** How many fit the filter, shown or not. */
  total: z.int(),
})
export type ReviewQueue = z.infer<typeof reviewQueue>

/** Everything a judge may want to see before deciding. */
export const evidence = z.strictObject({
  item: reviewItem,
  position: position.nullable(),
  checkpoint: z
    .strictObject({
      name: words,
      lat: z.number(),
      lng: z.number(),
      radiusMeters: z.number(),
      points: z.int(),
      mustShow: words.nullable(),
      hasReference: z.boolean(),
    })
    .nullable(),
  maxAccuracyMeters: z.number(),
  /** Who brought it in a file, when the device did not deliver it itself. */
  carrier: accountId.nullable(),
  /** Server minus device as the device last measured it; null: it never had. */
  clock: z.strictObject({ offsetMs: z.int(), measuredAt: instant.nullable() }),
  membersPresent: z.array(z.string()),
  memberCount: z.int(),
  /** Photos of this check-in, the one that counts first. */
  photos: z.array(z.strictObject({ photo: factId, takenAt: instant, image: reviewItem.shape.image })),
  /** Everything that happened to this check-in, oldest first: its photos, their arrival, decisions, moves, what was taken back. */
  history: z.array(z.lazy(() => storyLine)),
  /** Reviews of this check-in, newest first; a taken-back one stays listed. */
  reviews: z.array(
    z.strictObject({
      review: factId,
      action: z.enum(['APPROVED', 'REJECTED']),
      by: z.string(),
      at: instant,
      comment: z.string().optional(),
      takenBack: z.boolean(),
    }),
  ),
})
export type Evidence = z.infer<typeof evidence>

export const teamStates = ['entered', 'arrived', 'on-course', 'finished', 'retired', 'out'] as const
export const teamState = z.enum(teamStates)
export type TeamState = z.infer<typeof teamState>

export const overview = z.strictObject({
  now: instant,
  event: event.omit({ _id: true }),
  teams: z.strictObject({
    total: z.int(),
    byState: z.record(teamState, z.int()),
    /** Past the limit of every class and neither back nor retired. */
    overdue: z.array(
      z.strictObject({
        team: teamNumber,
        name: z.string(),
        overdueMinutes: z.int(),
        lastSeen: card.shape.lastSeen,
      }),
    ),
    help: z.array(z.strictObject({ team: teamNumber, name: z.string(), at: instant, text: z.string().optional() })),
  }),
  checkins: z.strictObject({
    byStatus: z.record(verdictStatus, z.int()),
    byCheckpoint: z.array(
      z.strictObject({
        checkpoint: checkpointNumber,
        name: words,
        byStatus: z.record(verdictStatus, z.int()),
      }),
    ),
  }),
  /** Photos announced whose original has not come. */
  photosAwaited: z.int(),
  problems: z.int(),
  /** Messages of teams that nobody at headquarters has read. */
  unreadMessages: z.int(),
  devices: z.strictObject({ total: z.int(), recent: z.int() }),
})
export type Overview = z.infer<typeof overview>

export const deviceRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  account: z.string(),
  role,
  app: z.string(),
  version: z.string(),
  lastContactAt: instant.nullable(),
  backlog: z.strictObject({ facts: z.int(), photos: z.int() }).nullable(),
  /** Device clock minus server clock. */
  skewMs: z.number().nullable(),
  removed: z.boolean(),
})
export type DeviceRow = z.infer<typeof deviceRow>

export const problemRow = z.strictObject({
  id: z.string(),
  kind: z.enum(['parked', 'refused', 'mail', 'station', 'picture']),
  where: z.string(),
  key: z.string(),
  error: z.string(),
  at: instant,
  tries: z.int(),
})
export type ProblemRow = z.infer<typeof problemRow>

export const teamRow = z.strictObject({
  team: teamNumber,
  name: z.string(),
  kana: z.string().optional(),
  classIds: z.array(z.string()),
  state: teamState,
  overdue: z.boolean(),
  net: z.int(),
  pending: z.int(),
  checkins: z.int(),
  places: z.record(z.string(), z.int().nullable()),
})
export type TeamRow = z.infer<typeof teamRow>

/** One line of a team's story, from a fact. */
export const storyLine = z.strictObject({
  fact: factId,
  type: z.string(),
  at: instant,
  by: z.string(),
  as: role,
  device: z.string(),
  takenBack: z.boolean(),
  /** What the fact says, without the claim that every fact carries. */
  says: z.record(z.string(), z.unknown()),
})
export type StoryLine = z.infer<typeof storyLine>

export const teamPage = z.strictObject({
  team: z.looseObject({ number: teamNumber, name: z.string() }),
  card: card.nullable(),
  places: z.record(z.string(), z.int().nullable()),
  verdicts: z.array(reviewItem),
  story: z.array(storyLine),
})
export type TeamPage = z.infer<typeof teamPage>

/** A bib to be printed. A text whose issue is revoked is of no use: the next issue has to be given out. */
export const teamBib = z.strictObject({
  text: z.string(),
  number: teamNumber,
  name: z.string(),
  issue: z.int(),
  revoked: z.boolean(),
})
export type TeamBib = z.infer<typeof teamBib>

/** A notice with the phones that it is meant for: signed in and heard of, having it, having opened it. */
export const noticeRow = z.strictObject({
  notice: notice.omit({ _rev: true }),
  phones: z.strictObject({ meant: z.int(), have: z.int(), read: z.int() }),
})
export type NoticeRow = z.infer<typeof noticeRow>
export const noticeList = z.strictObject({ now: instant, notices: z.array(noticeRow) })

/** A team's thread in a line. */
export const threadRow = thread
  .omit({ _id: true, _rev: true, type: true, event: true, handling: true })
  .extend({ teamName: z.string(), kana: z.string().optional() })
export type ThreadRow = z.infer<typeof threadRow>
export const threadList = z.strictObject({
  now: instant,
  threads: z.array(threadRow),
  /** To whom a thread can be assigned. */
  people: z.array(z.strictObject({ account: accountId, name: z.string() })),
})
export type ThreadList = z.infer<typeof threadList>

/** A whole thread; of a team that said nothing yet it is empty. */
export const threadPage = z.strictObject({
  now: instant,
  thread: threadRow,
  messages: z.array(message.omit({ _rev: true })),
  handling: thread.shape.handling,
  /** The check-ins that are asked about, as they were judged. */
  about: z.array(reviewItem),
})
export type ThreadPage = z.infer<typeof threadPage>

/** As they are read and saved; null: nobody has saved any. */
export const cannedReplyList = z.strictObject({
  replies: cannedReplies.shape.replies,
  _rev: z.string().nullable(),
})
export type CannedReplyList = z.infer<typeof cannedReplyList>

export const plan = z.strictObject({ event, checkpoints: z.array(checkpoint) })
export type PlanPage = z.infer<typeof plan>

/** A plan as it would be; what is absent stays. */
export const planChange = z.strictObject({
  event: event.optional(),
  checkpoints: z.array(checkpoint).max(1000).optional(),
})
export type PlanChange = z.infer<typeof planChange>

/** What a change of the plan would do to the results. */
export const planEffect = z.strictObject({
  /** Teams whose points, places or check-ins would change, largest change first. */
  teams: z.array(
    z.strictObject({
      team: teamNumber,
      name: z.string(),
      netBefore: z.int(),
      netAfter: z.int(),
      places: z.array(z.strictObject({ classId: z.string(), before: z.int().nullable(), after: z.int().nullable() })),
      checkinsChanged: z.int(),
    }),
  ),
  teamsLookedAt: z.int(),
  /** Saving needs an unfreeze first. */
  blocked: z.boolean(),
})
export type PlanEffect = z.infer<typeof planEffect>

/** Messages of the live feed, by name. */
export type LiveMessage = {
  /**
   * The feed stands; what is loaded from now on misses nothing. Not resumed: what was loaded before may be stale. The
   * claims are all that hold, whatever was told before.
   */
  hello: { now: number; resumed: boolean; claims: Claim[] }
  change: {
    items: ReviewItem[]
    rankings: string[]
    cards: string[]
    teams: string[]
    images: string[]
    notices: string[]
    /** Teams in whose thread something changed. */
    threads: string[]
    pages: boolean
    /** A survey, or what was answered to one. */
    surveys: boolean
    palettes: boolean
    plan: boolean
  }
  claims: { held: Claim[]; released: string[] }
  /** All claims that hold, told again and again: other server processes take some, too. */
  holding: Claim[]
  /** How jobs stand: the newest ones when the feed is opened, then each that changed. */
  jobs: JobRow[]
}
