import { z } from 'zod'
import {
  ask as askFact,
  chat as chatFact,
  handling as handlingFact,
  member,
  notice as noticeFact,
  teamStatuses,
} from './facts.ts'
import { palette, portrait, recoloured } from './palettes.ts'
import {
  accountId,
  checkpointNumber,
  deviceId,
  eventCode,
  factId,
  instant,
  position,
  role,
  sha256Hex,
  teamNumber,
} from './primitives.ts'
import { answersDoc, tally } from './surveys.ts'

/** Documents that functions compute from facts and plan; every one can be thrown away and computed again. */
const computed = { _rev: z.string().optional(), event: eventCode }

export const reasons = [
  'ok',
  'no-position',
  'low-accuracy',
  'too-far',
  'outside-period',
  'duplicate',
  'unknown-checkpoint',
  'cancelled-checkpoint',
  'unknown-team',
  'unverified',
  'revoked-bib',
  'no-photo',
  'after-goal',
  'too-fast',
  'clock-skew',
  'late-delivery',
  'withdrawn',
] as const
export const reason = z.enum(reasons)
export type Reason = z.infer<typeof reason>

export const verdictStatuses = ['PENDING', 'AUTO_APPROVED', 'APPROVED', 'REJECTED'] as const
export const verdictStatus = z.enum(verdictStatuses)
export type VerdictStatus = z.infer<typeof verdictStatus>

export const verdict = z.strictObject({
  ...computed,
  _id: z.string().startsWith('verdict:'),
  type: z.literal('verdict'),
  team: teamNumber,
  checkin: factId,
  checkpoint: checkpointNumber,
  /** When it happened by the best clock at hand; `clock` says how that was arrived at. */
  at: instant,
  status: verdictStatus,
  /** What the rules alone say, kept beside a person's decision. */
  automatic: verdictStatus,
  reasons: z.array(reason),
  /** Figures behind the reasons, e.g. `skewMs`, `lateMs`, `speedKmh`, `minutesSinceFirst`, `limitMeters`. */
  figures: z.record(z.string(), z.number()),
  distanceMeters: z.number().optional(),
  points: z.int(),
  /** Counts towards the score: the best check-in of its checkpoint. */
  counts: z.boolean(),
  photo: factId.optional(),
  firstSeenAt: instant.nullable(),
  device: z.string(),
  by: z.string(),
  as: role,
  method: z.string(),
  reviewedBy: z.string().optional(),
  reviewedAt: instant.optional(),
  comment: z.string().optional(),
})
export type Verdict = z.infer<typeof verdict>

/** One row of a team's card: a checkpoint with its best check-in. */
export const cardRow = z.strictObject({
  checkpoint: checkpointNumber,
  checkin: factId,
  at: instant,
  status: verdictStatus,
  points: z.int(),
  reasons: z.array(reason),
  distanceMeters: z.number().optional(),
  photo: factId.optional(),
  device: z.string(),
  by: z.string(),
  comment: z.string().optional(),
})
export type CardRow = z.infer<typeof cardRow>

export const notPlacedReasons = ['no-goal', 'too-late', 'not-placed', 'retired', 'withdrawn', 'disqualified'] as const

/** A line that moved the score and why; `points` is signed. */
export const scoreLine = z.strictObject({
  kind: z.enum(['late', 'adjustment']),
  points: z.int(),
  minutes: z.int().optional(),
  reason: z.string().optional(),
  by: z.string().optional(),
  at: instant.optional(),
})
export type ScoreLine = z.infer<typeof scoreLine>

export const points = z.strictObject({
  /** Approved by a person. */
  confirmed: z.int(),
  /** Approved by the rules. */
  provisional: z.int(),
  /** Waiting for a person; not in `net`. */
  pending: z.int(),
  /** Zero or more, taken off. */
  penalty: z.int(),
  /** Sum of the adjustments, signed. */
  adjustment: z.int(),
  /** confirmed + provisional − penalty + adjustment */
  net: z.int(),
})
export type Points = z.infer<typeof points>

/** A team's state at a glance: what a staff phone shows after a scan and a participant sees of the own team. */
export const card = z.strictObject({
  ...computed,
  _id: z.string().regex(/^card:[A-Z0-9]{1,12}$/),
  type: z.literal('card'),
  team: teamNumber,
  name: z.string(),
  kana: z.string().optional(),
  classIds: z.array(z.string()),
  members: z.array(member),
  status: z.enum(teamStatuses),
  statusReason: z.string().optional(),
  bibIssue: z.int(),
  revokedBibs: z.array(z.int()),
  /** Something the next person who meets this team must know. */
  attention: z.string().optional(),
  reception: z
    .strictObject({
      at: instant,
      arrived: z.array(z.string()),
      feePaid: z.boolean(),
      note: z.string().optional(),
      device: z.string(),
      by: z.string(),
    })
    .nullable(),
  retired: z.strictObject({ at: instant, reason: z.string(), place: z.string().optional() }).nullable(),
  help: z.strictObject({ at: instant, text: z.string().optional(), position: position.optional() }).nullable(),
  /** When somebody said that a team that gave up is back; absent: nobody did. */
  backAt: instant.optional(),
  portrait: factId.nullable(),
  /** Palettes collected, in their order; absent: none. */
  palettes: z.array(factId).optional(),
  checkpoints: z.array(cardRow),
  points,
  lines: z.array(scoreLine),
  checkins: z.strictObject({
    total: z.int(),
    confirmed: z.int(),
    provisional: z.int(),
    pending: z.int(),
    rejected: z.int(),
  }),
  startAt: instant.nullable(),
  goalAt: instant.nullable(),
  /** What a judge said of start and finish, where it holds before the records. */
  declared: z.strictObject({ startAt: instant.optional(), goalAt: instant.optional() }).optional(),
  /** Minutes or parts past the limit of the class, by class; empty without a goal. */
  lateMinutes: z.record(z.string(), z.int()),
  /** By class: why the team is in no place there; an absent class is placed. */
  notPlaced: z.record(z.string(), z.enum(notPlacedReasons)),
  lastSeen: z.strictObject({ at: instant, checkpoint: z.string(), device: z.string() }).nullable(),
  /** Short tags of the facts behind this card; a phone counts only its other own facts on top. */
  takenIn: z.string(),
})
export type Card = z.infer<typeof card>

/** A card that only a bib of its team opens; id and key are made from the signature on that bib. */
export const sealed = z.strictObject({
  ...computed,
  _id: z.string().regex(/^sealed:[A-Z2-7]{26}$/),
  type: z.literal('sealed'),
  /** Nonce, then the card as AES-GCM leaves it; base64. */
  box: z.base64(),
})
export type Sealed = z.infer<typeof sealed>

/** What is known of a team, derived from its entry, corrections and rulings. */
export const team = z.strictObject({
  ...computed,
  _id: z.string().regex(/^team:[A-Z0-9]{1,12}$/),
  type: z.literal('team'),
  number: teamNumber,
  name: z.string(),
  kana: z.string().optional(),
  classIds: z.array(z.string()),
  members: z.array(member),
  bibs: z.strictObject({ issue: z.int(), revoked: z.array(z.int()) }),
  status: z.enum(teamStatuses),
  statusReason: z.string().optional(),
  attention: z.string().optional(),
  enteredAt: instant,
  /** Every correction made, oldest first, the overruled ones too. */
  corrections: z.array(
    z.strictObject({
      fact: factId,
      field: z.string(),
      was: z.json(),
      is: z.json(),
      at: instant,
      by: z.string(),
      holds: z.boolean(),
    }),
  ),
})
export type TeamDoc = z.infer<typeof team>

export const rankingRow = z.strictObject({
  /** Null: not placed, see `notPlaced`. Equal places are shared; the next place is skipped. */
  place: z.int().nullable(),
  team: teamNumber,
  name: z.string(),
  confirmed: z.int(),
  provisional: z.int(),
  pending: z.int(),
  penalty: z.int(),
  adjustment: z.int(),
  net: z.int(),
  checkins: z.int(),
  confirmedCheckins: z.int(),
  goalAt: instant.nullable(),
  /** How much later than its class a judge says it started; among equal points the shorter time is the better. */
  startShiftMs: z.int().optional(),
  notPlaced: z.enum(notPlacedReasons).optional(),
  /** Over all classes: the class that the team entered first, by whose limit it is late and by whose start it is timed. */
  classId: z.string().optional(),
  /** Over all classes: from the start of that class to the goal. */
  elapsedMs: z.int().optional(),
})
export type RankingRow = z.infer<typeof rankingRow>

export const ranking = z.strictObject({
  ...computed,
  _id: z.string().startsWith('ranking:'),
  type: z.literal('ranking'),
  classId: z.string(),
  rows: z.array(rankingRow),
  /** Of a published one: the moment that it shows, and when it was published. */
  asOf: instant.optional(),
  publishedAt: instant.optional(),
})
export type Ranking = z.infer<typeof ranking>

/** What the server made of a photo. Version 0 is the preview, 1 the original. Storage keys never leave the server. */
export const image = z.strictObject({
  ...computed,
  _id: z.string().startsWith('image:'),
  type: z.literal('image'),
  photo: factId,
  team: teamNumber.optional(),
  checkin: factId.optional(),
  purpose: z.enum(['checkin', 'portrait', 'palette']),
  version: z.int().min(0),
  /** When there was last something new to see of it, by the fact that it was made from. */
  changedAt: instant.optional(),
  takenAt: instant,
  sizes: z.record(
    z.string(),
    z.strictObject({ storageKey: z.string(), width: z.int(), height: z.int(), bytes: z.int() }),
  ),
  /** Why no picture could be made of the original, which is kept. */
  problem: z.string().optional(),
  /** Of the photo's bytes, and 64 bits that hardly change with size and compression; of the original alone. */
  sha256: sha256Hex.optional(),
  likeness: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  _attachments: z.record(z.string(), z.looseObject({ content_type: z.string() })).optional(),
})
export type ImageDoc = z.infer<typeof image>

/** Public keys of bibs by key id, and the revoked bibs; on `board`, so a phone verifies offline. */
export const keys = z.strictObject({
  ...computed,
  _id: z.literal('keys'),
  type: z.literal('keys'),
  /** Ed25519 public key, 32 bytes, base64url. */
  ed25519: z.record(z.string(), z.string()),
  revoked: z.array(z.strictObject({ number: teamNumber, issue: z.int() })),
})
export type KeysDoc = z.infer<typeof keys>

/** What the QR of the team's bib says, for its own phones. */
export const bib = z.strictObject({
  ...computed,
  _id: z.string().regex(/^bib:[A-Z0-9]{1,12}$/),
  type: z.literal('bib'),
  team: teamNumber,
  text: z.string(),
})
export type BibDoc = z.infer<typeof bib>

/** Who an account of the staff is, so that a phone without a network can say who recorded something. */
export const person = z.strictObject({
  ...computed,
  _id: z.string().startsWith('person:'),
  type: z.literal('person'),
  account: accountId,
  name: z.string(),
  role,
})
export type Person = z.infer<typeof person>

/** What the external system is to know of a team. */
export const outside = z.strictObject({
  ...computed,
  _id: z.string().regex(/^outside:[A-Z0-9]{1,12}$/),
  type: z.literal('outside'),
  team: teamNumber,
  name: z.string(),
  /** Of the main class, in Japanese as the old system had them. */
  className: z.string(),
  memberCount: z.int(),
  /** Its scoreboard can be opened until then by a link that the installation makes of this nonce. */
  report: z.strictObject({ nonce: z.string(), until: instant }).optional(),
  /** Nothing: it is entered. `deleted`: its people's data were, at their request, and what was told of them is to go. */
  status: z.enum(['withdrawn', 'deleted']).optional(),
})
export type OutsideTeam = z.infer<typeof outside>

/** A notice as it stands; on the mirrors only while it is due, and never a withdrawn one. */
export const notice = z.strictObject({
  ...computed,
  _id: z.string().startsWith('notice:'),
  type: z.literal('notice'),
  fact: factId,
  ...noticeFact.pick({ title: true, body: true, audience: true, publishAt: true, expiresAt: true, urgent: true }).shape,
  by: accountId,
  as: role,
  /** When it was written. */
  at: instant,
  withdrawn: z.strictObject({ at: instant, by: accountId, reason: z.string() }).optional(),
})
export type NoticeDoc = z.infer<typeof notice>

/** A message as it stands. In a team's own database one that was taken back has no text. */
export const message = z.strictObject({
  ...computed,
  _id: z.string().startsWith('message:'),
  type: z.literal('message'),
  team: teamNumber,
  fact: factId,
  ...chatFact.pick({ kind: true, text: true, about: true, replyTo: true }).shape,
  by: accountId,
  as: role,
  device: deviceId,
  at: instant,
  /** When the other side first had it on a screen, and who. */
  readAt: instant.optional(),
  readBy: accountId.optional(),
  takenBack: z.strictObject({ at: instant, by: accountId }).optional(),
})
export type MessageDoc = z.infer<typeof message>

/** How a team's thread stands at headquarters. */
export const thread = z.strictObject({
  ...computed,
  _id: z.string().regex(/^thread:[A-Z0-9]{1,12}$/),
  type: z.literal('thread'),
  team: teamNumber,
  messages: z.int(),
  /** Of the team's messages. */
  unread: z.int(),
  /** The oldest of the team's messages after whose reading nobody said anything. */
  unansweredSince: instant.nullable(),
  state: z.enum(['open', 'done']),
  assignee: accountId.nullable(),
  /** The last that was not taken back, its text cut short. */
  last: z
    .strictObject({ at: instant, kind: chatFact.shape.kind, text: z.string(), by: accountId, as: role })
    .nullable(),
  /** Who did what with it, oldest first. */
  handling: z.array(
    z.strictObject({
      fact: factId,
      at: instant,
      by: accountId,
      as: role,
      ...handlingFact.pick({ step: true, to: true }).shape,
    }),
  ),
})
export type ThreadDoc = z.infer<typeof thread>

const figure = z.strictObject({ teams: z.int(), people: z.int() })
const figures = z.strictObject({
  /** Entered and neither withdrawn nor disqualified. */
  expected: figure,
  /** Those of them who came; a team that nobody received but somebody met on the course is taken to be complete. */
  arrived: figure,
  onCourse: figure,
  finished: figure,
  retired: figure,
  /** Withdrawn or disqualified. */
  out: figure,
})
export type AttendanceFigures = z.infer<typeof figures>

/** How many teams and people came and where they are, without a name; a team counts in each of its classes. */
export const attendance = z.strictObject({
  ...computed,
  _id: z.literal('attendance'),
  type: z.literal('attendance'),
  total: figures,
  classes: z.array(z.strictObject({ id: z.string(), figures })),
})
export type AttendanceDoc = z.infer<typeof attendance>

/**
 * What came of a picture that was asked for without a signal, in the team's own database. It holds no link: the device that
 * asked exchanges it for one.
 */
export const offer = z.strictObject({
  ...computed,
  _id: z.string().startsWith('offer:'),
  type: z.literal('offer'),
  team: teamNumber,
  fact: factId,
  ...askFact.pick({ photo: true, variant: true }).shape,
  device: deviceId,
  /** `absent`: there is no such photo of this team yet. */
  state: z.enum(['open', 'absent']),
  until: instant,
})
export type OfferDoc = z.infer<typeof offer>

export const derivedSchemas = {
  bib,
  person,
  verdict,
  card,
  sealed,
  team,
  ranking,
  image,
  keys,
  notice,
  outside,
  message,
  thread,
  attendance,
  answers: answersDoc,
  tally,
  palette,
  portrait,
  recoloured,
  offer,
} as const
