import { z } from 'zod'
import { reason, verdictStatus } from './derived.ts'
import { pictureProblems } from './pictures.ts'
import {
  accountId,
  checkpointNumber,
  eventCode,
  factId,
  instant,
  sha256Hex,
  teamNumber,
  ulidText,
} from './primitives.ts'

/**
 * Photos uploaded in bulk: a batch, its files by their content, and what became of each. Batches lie in `desk`; a file
 * that counts becomes facts, and from then on it is judged like any other check-in.
 */
const kept = { _rev: z.string().optional(), event: eventCode }

export const uploadLimitBytes = 10_485_760
/** Larger than any camera's picture; a few kilobytes can claim far more. */
export const uploadLimitPixels = 60_000_000
export const batchesAnHour = 10
export const mostFilesOfBatch = 5000

/** Nothing can come of such a file. */
export const refusedCodes = pictureProblems
/** What a person has to say before anything comes of such a file. */
export const waitingCodes = [
  'no-team',
  'two-teams',
  'unknown-team',
  'no-time',
  'no-position',
  'too-far',
  'start-or-goal',
  'same-photo',
] as const
/** Left out by a person, or because it only shows a clock. */
export const leftCodes = ['left-out', 'clock-photo'] as const
/** Beside the reasons of its verdict: kept though nobody here can look at it; here before; taken back since. */
export const besideCodes = ['already-uploaded', 'taken-back'] as const
export type WaitingCode = (typeof waitingCodes)[number]

export const uploadCode = z.enum([
  ...new Set([...refusedCodes, ...waitingCodes, ...leftCodes, ...besideCodes, ...reason.options]),
])
export type UploadCode = z.infer<typeof uploadCode>

/** `ready`: it would become a check-in; `taken`: it has become one. */
export const uploadStates = ['refused', 'waiting', 'left', 'ready', 'taken'] as const

/** By make, model and serial number as far as a picture names them; null: the picture names none. */
const camera = z.string().max(200).nullable()

/** How far a camera's clock was ahead, by its own photograph of a clock and the time that this one showed. */
export const clockError = z.strictObject({ file: sha256Hex, camera, shownAt: instant, errorMs: z.int() })
export type ClockError = z.infer<typeof clockError>
const mostCameras = 100

export const batchDoc = z.strictObject({
  ...kept,
  _id: z.string().regex(/^batch:[0-9A-Z]{26}$/),
  type: z.literal('batch'),
  by: accountId,
  at: instant,
  name: z.string().max(200),
  /** Of the files whose names say none. */
  team: teamNumber.optional(),
  /** One for each camera whose clock was photographed. */
  clocks: z.array(clockError).max(mostCameras).optional(),
  /** Of a batch from before cameras were told apart: holds for every camera that has no clock of its own. */
  clock: clockError.omit({ camera: true }).optional(),
})
export type BatchDoc = z.infer<typeof batchDoc>

/** What a person says about a file; it goes before what the file itself says. */
export const fileChoice = z.strictObject({
  team: teamNumber.optional(),
  checkpoint: checkpointNumber.optional(),
  at: instant.optional(),
  leave: z.boolean().optional(),
  /** Another team has the same picture, and this is to be taken all the same. */
  again: z.boolean().optional(),
})
export type FileChoice = z.infer<typeof fileChoice>

/** What the picture says of itself; `local` is the camera's clock, without a zone unless `offset` tells it. */
export const pictureTold = z.strictObject({
  lat: z.number().min(-90).max(90).optional(),
  lng: z.number().min(-180).max(180).optional(),
  accuracyMeters: z.number().min(0).max(1e7).optional(),
  local: z.string().max(40).optional(),
  offset: z.string().max(10).optional(),
  camera: z.string().max(120).optional(),
  serial: z.string().max(60).optional(),
})
export type PictureTold = z.infer<typeof pictureTold>

/** One content in a batch, under whatever names it came. */
export const batchFile = z.strictObject({
  ...kept,
  _id: z.string().regex(/^batch-file:[0-9A-Z]{26}:[0-9a-f]{64}$/),
  type: z.literal('batch-file'),
  batch: ulidText,
  sha256: sha256Hex,
  paths: z.array(z.string().max(300)).min(1).max(50),
  bytes: z.int().min(0),
  at: instant,
  problem: z.enum(refusedCodes).optional(),
  contentType: z.enum(['image/jpeg', 'image/png', 'image/heic']).optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  told: pictureTold,
  /** Never leaves the server. */
  storageKey: z.string().max(200).optional(),
  pieces: z.array(sha256Hex).optional(),
  choice: fileChoice,
  taken: z
    .strictObject({ team: teamNumber, checkin: factId, photo: factId, at: instant, before: z.boolean() })
    .optional(),
  /** `preview`, 150×105. */
  _attachments: z.record(z.string(), z.looseObject({ content_type: z.string() })).optional(),
})
export type BatchFile = z.infer<typeof batchFile>

export const batchId = (batch: string) => `batch:${batch}`
export const batchFileId = (batch: string, sha256: string) => `batch-file:${batch}:${sha256}`

/** A file as it stands: what it says, what was chosen, and what became or would become of it. */
export const uploadRow = z.object({
  sha256: z.string(),
  paths: z.array(z.string()),
  bytes: z.int(),
  contentType: z.string().nullable(),
  hasPreview: z.boolean(),
  state: z.enum(uploadStates),
  codes: z.array(uploadCode),
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
  team: z.string().nullable(),
  teamFrom: z.enum(['name', 'batch', 'choice']).nullable(),
  checkpoint: z.string().nullable(),
  checkpointFrom: z.enum(['place', 'choice']).nullable(),
  at: z.number().nullable(),
  atFrom: z.enum(['camera', 'choice']).nullable(),
  /** The camera's own reading, corrected by nothing. */
  cameraAt: z.number().nullable(),
  position: z.object({ lat: z.number(), lng: z.number(), accuracyMeters: z.number().optional() }).nullable(),
  camera,
  status: verdictStatus.nullable(),
  points: z.int(),
  checkin: z.string().nullable(),
})
export type UploadRow = z.infer<typeof uploadRow>

export const batchHead = z.object({
  id: z.string(),
  name: z.string(),
  by: z.string(),
  at: z.number(),
  team: z.string().nullable(),
  clocks: z.array(clockError),
  files: z.int(),
  taken: z.int(),
})
export type BatchHead = z.infer<typeof batchHead>
export const batchList = z.object({ batches: z.array(batchHead) })
export const batchView = z.object({ batch: batchHead, rows: z.array(uploadRow) })
export type BatchView = z.infer<typeof batchView>

export const newBatch = z.strictObject({ name: z.string().max(200), team: teamNumber.nullable() })
export const hashesAsked = z.strictObject({ hashes: z.array(sha256Hex).max(mostFilesOfBatch) })
export const hashesKnown = z.object({ known: z.array(z.string()) })
/** Null takes a choice back; what is absent stays. */
export const choicesMade = z.strictObject({
  files: z.array(sha256Hex).min(1).max(mostFilesOfBatch),
  choice: z.strictObject({
    team: teamNumber.nullable().optional(),
    checkpoint: checkpointNumber.nullable().optional(),
    at: instant.nullable().optional(),
    leave: z.boolean().optional(),
    again: z.boolean().optional(),
  }),
})
export type ChoicesMade = z.infer<typeof choicesMade>
/** `shownAt` null takes back what was measured by that file; what is absent stays. */
export const batchChange = z.strictObject({
  team: teamNumber.nullable().optional(),
  clock: z.strictObject({ file: sha256Hex, shownAt: instant.nullable() }).optional(),
})
export type BatchChange = z.infer<typeof batchChange>
export const takenSlice = z.object({ taken: z.int(), left: z.int() })

/** Two photos of different teams that look alike; `bits` of 64 differ. */
export const alikePair = z.object({
  bits: z.int(),
  same: z.boolean(),
  photos: z.array(
    z.object({
      photo: z.string(),
      team: z.string(),
      checkin: z.string().nullable(),
      checkpoint: z.string().nullable(),
      at: z.number(),
      status: verdictStatus.nullable(),
      version: z.int(),
      sizes: z.array(z.string()),
    }),
  ),
})
export type AlikePair = z.infer<typeof alikePair>
export const alikeList = z.object({ pairs: z.array(alikePair), looked: z.int(), more: z.int() })

/** The kept route's answer; `checkin_id` is null where nothing became a check-in. */
export const bulkUploadAnswer = z.object({
  status: z.literal('OK'),
  message: z.string(),
  batch: z.string(),
  results: z.array(
    z.object({ file: z.string(), status: z.string(), reason: z.string(), checkin_id: z.string().nullable() }),
  ),
  timestamp: z.string(),
})
