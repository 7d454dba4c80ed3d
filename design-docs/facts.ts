import { z } from 'zod'
import { imageVariants } from './access.ts'
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

/**
 * What a fact said of people was taken out of it when its team was forgotten. `was` is an HMAC of what it said, by the
 * installation's key, so that nobody can try names against it; `rev` is the revision that came.
 */
export const redaction = z.strictObject({
  at: instant,
  /** An account, or `command`. */
  by: z.string().min(1).max(60),
  was: sha256Hex,
  rev: z.string().regex(/^1-[0-9a-f]{32}$/),
})
export type Redaction = z.infer<typeof redaction>

/**
 * Facts: what a person or device observed or decided. Written once, by one author, never changed or deleted.
 * `at` = `deviceAt` + `offsetMs`; the offset is server minus device as last measured at `measuredAt` (null: never).
 * `bootId` names one page load, `monotonicMs` is its monotonic clock, which may stop while the device sleeps.
 */
const claim = {
  _id: factId,
  _rev: z.string().optional(),
  event: eventCode,
  by: accountId,
  as: role,
  device: deviceId,
  at: instant,
  deviceAt: instant,
  offsetMs: z.int(),
  measuredAt: instant.nullable(),
  bootId: z.string().min(1).max(40),
  monotonicMs: z.number().min(0),
  /** By the server alone. */
  redacted: redaction.optional(),
}
const ofTeam = { ...claim, team: teamNumber }
const ofAnyone = { ...claim, team: teamNumber.optional() }
const note = z.string().max(1000)
const memberId = z.string().regex(/^[a-z0-9]{1,12}$/)

/** A member as entered: the name keeps a full-width space between family and given name; kana is full-width katakana. */
export const member = z.strictObject({
  id: memberId,
  name: z.string().min(1).max(80),
  kana: z.string().max(120).optional(),
  age: z.int().min(0).max(130).optional(),
  gender: z.enum(['f', 'm', 'x']).optional(),
})
export type Member = z.infer<typeof member>

/** The attachment of a photo fact: a 150×105 JPEG preview made on the device, at most 8 KB, named `preview`. */
const previewAttachment = z
  .strictObject({
    preview: z.looseObject({ content_type: z.literal('image/jpeg') }),
  })
  .optional()

export const checkin = z.strictObject({
  ...ofTeam,
  type: z.literal('checkin'),
  checkpoint: checkpointNumber,
  method: z.enum(['qr', 'gps', 'photo', 'upload', 'manual']),
  position: position.optional(),
  membersPresent: z.array(memberId).max(50).optional(),
  /** The signature of the team's bib was seen and held good on the device. */
  verified: z.boolean(),
  /** Issue of the bib that was read, when a bib was read. */
  bibIssue: z.int().min(1).optional(),
  /** The person was shown the earlier check-in and recorded this one all the same. */
  again: z.boolean().optional(),
  /** A judge moved it here from another team or checkpoint; it is judged by the role that it was recorded in. */
  moved: z.strictObject({ from: factId, as: role }).optional(),
})

/** Of a team, or, without one, a picture that organizers made a palette of. */
export const photo = z
  .strictObject({
    ...ofAnyone,
    type: z.literal('photo'),
    checkin: factId.optional(),
    purpose: z.enum(['checkin', 'portrait', 'palette']),
    takenAt: instant,
    position: position.optional(),
    exif: z.strictObject({ lat: z.number().optional(), lng: z.number().optional(), at: instant.optional() }).optional(),
    sha256: sha256Hex,
    bytes: z.int().min(1).max(10_485_760),
    width: z.int().min(1).max(20_000),
    height: z.int().min(1).max(20_000),
    contentType: z.enum(['image/jpeg', 'image/png', 'image/heic']),
    /** SHA-256 of each piece in order; all pieces but the last are `pieceBytes` long. */
    pieces: z.array(sha256Hex).min(1).max(400),
    pieceBytes: z.int().min(1024).max(1_048_576),
    /** The photo that this one was until its check-in was moved. */
    movedFrom: factId.optional(),
    _attachments: previewAttachment,
  })
  .refine(({ team, purpose }) => (team === undefined) === (purpose === 'palette'))

/** Written by the server when all pieces of a photo are stored and their SHA-256 is the photo's. */
export const original = z.strictObject({
  ...ofAnyone,
  type: z.literal('original'),
  photo: factId,
  storageKey: z.string().max(200),
})

/** Written by the server for each team in a batch that it takes in; the earliest arrival of a fact counts. */
export const arrival = z.strictObject({
  ...ofAnyone,
  type: z.literal('arrival'),
  facts: z.array(factId).min(1).max(1000),
  receivedAt: instant,
  server: z.string().max(80),
  /** The sender's clock as it stood when it delivered, so that a clock changed since can be told. */
  clock: z
    .strictObject({
      device: deviceId,
      deviceAt: instant,
      offsetMs: z.int(),
      bootId: z.string(),
      monotonicMs: z.number(),
    })
    .optional(),
  /** Who brought them in a file, when the device did not deliver them itself. */
  carrier: z.strictObject({ account: accountId, device: deviceId }).optional(),
})

export const scanReasons = [
  'wrong-event',
  'wrong-class',
  'unknown-team',
  'revoked-bib',
  'bad-signature',
  'unreadable',
  'retired',
  'already-here',
  'cancelled-checkpoint',
  'abandoned',
] as const
/** A scan that led to nothing, with the reason; `text` is what the code held, cut at 300 characters. */
export const scan = z.strictObject({
  ...ofAnyone,
  type: z.literal('scan'),
  reason: z.enum(scanReasons),
  text: z.string().max(300).optional(),
  checkpoint: checkpointNumber.optional(),
  position: position.optional(),
})

export const reception = z.strictObject({
  ...ofTeam,
  type: z.literal('reception'),
  arrived: z.array(memberId).max(50),
  feePaid: z.boolean(),
  note: note.optional(),
})

export const retire = z.strictObject({
  ...ofTeam,
  type: z.literal('retire'),
  reason: note,
  place: z.string().max(200).optional(),
  position: position.optional(),
})

export const help = z.strictObject({
  ...ofTeam,
  type: z.literal('help'),
  text: note.optional(),
  position: position.optional(),
})

/** The entry without contacts, written by the server when a team is registered or imported. */
export const entry = z.strictObject({
  ...ofTeam,
  type: z.literal('entry'),
  name: z.string().min(1).max(120),
  kana: z.string().max(200).optional(),
  classIds: z
    .array(z.string().regex(/^[a-z0-9-]{1,30}$/))
    .min(1)
    .max(10),
  members: z.array(member).max(50),
  bibIssue: z.int().min(1),
})

/**
 * Binds a blank pre-signed bib to a walk-in team. Makes the team whose number the bib has, unless there is one already;
 * so it says what an entry does.
 */
export const bind = z.strictObject({
  ...ofTeam,
  type: z.literal('bind'),
  bib: teamNumber,
  issue: z.int().min(1),
  name: entry.shape.name,
  kana: entry.shape.kana,
  classIds: entry.shape.classIds,
  members: entry.shape.members,
})

export const correctable = ['name', 'kana', 'classIds', 'members', 'attention', 'bibIssue', 'revokedBibs'] as const
/** One field was so and is now so; the last `at` per field wins, the others stay listed. */
export const correction = z.strictObject({
  ...ofTeam,
  type: z.literal('correction'),
  field: z.enum(correctable),
  was: z.json(),
  is: z.json(),
})

/** Takes a fact back, with its photos when it is a check-in. By the same author, a judge or an admin; never of a void. */
export const voidFact = z.strictObject({ ...ofAnyone, type: z.literal('void'), fact: factId, reason: note })

export const review = z.strictObject({
  ...ofTeam,
  type: z.literal('review'),
  checkin: factId,
  action: z.enum(['APPROVED', 'REJECTED']),
  comment: note.optional(),
})

export const adjustment = z.strictObject({
  ...ofTeam,
  type: z.literal('adjustment'),
  points: z.int().min(-100_000).max(100_000),
  reason: note.min(1),
})

export const teamStatuses = ['registered', 'not-placed', 'withdrawn', 'disqualified'] as const
export const ruling = z.strictObject({
  ...ofTeam,
  type: z.literal('ruling'),
  /** `not-placed`: runs on, but in no place. */
  status: z.enum(teamStatuses),
  reason: note.min(1),
})

/**
 * When a team really started or finished, as a judge says; null: as the records have it. The last `at` of each kind
 * holds.
 */
export const timing = z.strictObject({
  ...ofTeam,
  type: z.literal('timing'),
  kind: z.enum(['start', 'finish']),
  is: instant.nullable(),
  reason: note.min(1),
})

/** A team that gave up is back and safe, though nothing was scanned. */
export const back = z.strictObject({ ...ofTeam, type: z.literal('back'), note: note.optional() })

/** Who is told: everyone who fits all that is given; everyone at all when nothing is. */
export const audience = z.strictObject({
  roles: z
    .array(role.exclude(['server']))
    .min(1)
    .max(8)
    .optional(),
  classes: z
    .array(z.string().regex(/^[a-z0-9-]{1,30}$/))
    .min(1)
    .max(50)
    .optional(),
  teams: z.array(teamNumber).min(1).max(200).optional(),
})
export type Audience = z.infer<typeof audience>

/** What organizers tell people, in Markdown; to be seen from `publishAt` until `expiresAt`. A void withdraws it. */
export const notice = z.strictObject({
  ...claim,
  type: z.literal('notice'),
  /** It is about no single team, even when it is for one. */
  team: z.never().optional(),
  title: z.string().trim().min(1).max(120),
  body: z.string().max(8000),
  audience,
  publishAt: instant,
  expiresAt: instant.optional(),
  urgent: z.boolean(),
})

export const chatKinds = ['text', 'question', 'answer'] as const
/** What a team and headquarters say to each other, in the thread of that team. */
export const chat = z.strictObject({
  ...ofTeam,
  type: z.literal('chat'),
  kind: z.enum(chatKinds),
  text: z.string().max(2000).regex(/\S/),
  /** The check-in whose verdict is asked about. */
  about: factId.optional(),
  /** The message that this one answers. */
  replyTo: factId.optional(),
})

/**
 * Messages of the thread that were on a screen. It names them and no time: a message that was written offline comes
 * later with an earlier time, and must not have been read before it was there.
 */
export const read = z.strictObject({
  ...ofTeam,
  type: z.literal('read'),
  messages: z.array(factId).min(1).max(200),
})

export const handlingSteps = ['assign', 'done', 'reopen'] as const
/** What headquarters does with a thread; the last `at` holds, of assigning and of the others apart. */
export const handling = z.strictObject({
  ...ofTeam,
  type: z.literal('handling'),
  step: z.enum(handlingSteps),
  /** Whose it is now, when it is assigned; absent: nobody's. */
  to: accountId.optional(),
})

/** What a person answers to a survey, by question: a choice, a figure from 1 to 5, several choices, or words. The latest counts. */
export const answer = z.strictObject({
  ...ofAnyone,
  type: z.literal('answer'),
  survey: z.string().regex(/^[a-z0-9-]{1,30}$/),
  answers: z
    .record(
      z.string().regex(/^[a-z0-9-]{1,30}$/),
      z.union([z.string().max(1000), z.int().min(1).max(5), z.array(z.string().max(30)).max(30)]),
    )
    .refine((all) => Object.keys(all).length <= 50),
})

/** A palette that a team was given at a corner; once is enough, and a void takes it back. */
export const collected = z.strictObject({
  ...ofTeam,
  type: z.literal('collected'),
  /** The photo that the palette was made of. */
  palette: factId,
  /** The signature of the team's bib was seen and held good on the device. */
  verified: z.boolean(),
})

/**
 * A picture of the own team that somebody wants to see and asks for where there is no signal. It says who may fetch it, once
 * the phone is back: the device that asked.
 */
export const ask = z.strictObject({
  ...ofTeam,
  type: z.literal('ask'),
  photo: factId,
  variant: z.enum(imageVariants).exclude(['original', 'clustered']),
})

/** Every fact type of the product by its name; later rooms add theirs here. */
export const factSchemas = {
  checkin,
  photo,
  original,
  arrival,
  scan,
  reception,
  bind,
  retire,
  help,
  entry,
  correction,
  void: voidFact,
  review,
  adjustment,
  ruling,
  timing,
  back,
  notice,
  chat,
  read,
  handling,
  answer,
  collected,
  ask,
} as const

export type FactType = keyof typeof factSchemas
export const factTypes = Object.keys(factSchemas) as FactType[]
export type FactOf<T extends FactType> = z.infer<(typeof factSchemas)[T]>
export type Fact = { [T in FactType]: FactOf<T> }[FactType]
export type CheckinFact = FactOf<'checkin'>
export type PhotoFact = FactOf<'photo'>
export type ArrivalFact = FactOf<'arrival'>
export type NoticeFact = FactOf<'notice'>
export type ChatFact = FactOf<'chat'>
export type AnswerFact = FactOf<'answer'>
export type ScanReason = (typeof scanReasons)[number]

export const fact = z.discriminatedUnion('type', [
  checkin,
  photo,
  original,
  arrival,
  scan,
  reception,
  bind,
  retire,
  help,
  entry,
  correction,
  voidFact,
  review,
  adjustment,
  ruling,
  timing,
  back,
  notice,
  chat,
  read,
  handling,
  answer,
  collected,
  ask,
])
