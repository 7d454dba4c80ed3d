import { createHash } from 'node:crypto'
import {
  type ArrivalFact,
  arrival,
  type CheckinFact,
  checkin,
  type Fact,
  type FactOf,
  original,
  type PhotoFact,
  photo,
} from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { BatchFile } from '../../design-docs/uploads.ts'
import type { PlacedUpload } from '../../functions/rules/place-upload.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { pieceBytes } from './inspect-picture.ts'

/** What a file needs to become a check-in. */
export type WholeUpload = PlacedUpload & { team: string; checkpoint: string; at: number }

export const isWhole = (placed: PlacedUpload): placed is WholeUpload =>
  placed.lacks.length === 0 && placed.team !== null && placed.checkpoint !== null && placed.at !== null

/** Ids made from event, team and content: whoever uploads the same file again, in any batch, writes nothing twice. */
export function uploadIds(event: string, team: string, sha256: string) {
  const text = ulid(0, createHash('sha256').update(`upload:${event}:${team}:${sha256}`).digest())
  return {
    checkin: factId(team, 'checkin', text),
    photo: factId(team, 'photo', text),
    original: factId(team, 'original', text),
    arrival: factId(team, 'arrival', text),
  }
}

/** Whose facts they are, and when and where they are written. */
export type Writing = {
  author: { by: string; as: Role; device: string }
  nowMs: number
  server: string
  preview?: Uint8Array | null
}
export type UploadFacts = [CheckinFact, PhotoFact, FactOf<'original'>, ArrivalFact]

/**
 * The facts that a file becomes: by whoever takes it, at the time that the picture says. The camera's own reading
 * stays beside what it was corrected by.
 */
export function uploadFacts(
  file: BatchFile,
  placed: WholeUpload,
  { author, nowMs, server, preview }: Writing,
): UploadFacts {
  const { event, sha256 } = file
  const { team, at, position } = placed
  const ids = uploadIds(event, team, sha256)
  const now = serverClaim(event, nowMs)
  const cameraAt = placed.atFrom === 'camera' && placed.cameraAt !== null ? placed.cameraAt : at
  const { accuracyMeters } = position ?? {}
  const exif = {
    ...(position && { lat: position.lat, lng: position.lng }),
    ...(placed.cameraAt !== null && { at: placed.cameraAt }),
  }
  const attached = preview && {
    preview: { content_type: 'image/jpeg', data: Buffer.from(preview).toString('base64') },
  }
  return [
    checkin.parse({
      ...now,
      ...author,
      _id: ids.checkin,
      type: 'checkin',
      team,
      at,
      deviceAt: cameraAt,
      offsetMs: at - cameraAt,
      measuredAt: null,
      checkpoint: placed.checkpoint,
      method: 'upload',
      // Without an accuracy it is no position of a phone; the picture's own stands beside it.
      ...(position && accuracyMeters !== undefined && { position: { ...position, accuracyMeters } }),
      verified: false,
    }),
    photo.parse({
      ...now,
      ...author,
      _id: ids.photo,
      type: 'photo',
      team,
      checkin: ids.checkin,
      purpose: 'checkin',
      takenAt: at,
      ...(Object.keys(exif).length > 0 && { exif }),
      sha256,
      bytes: file.bytes,
      width: file.width,
      height: file.height,
      contentType: file.contentType,
      pieces: file.pieces,
      pieceBytes,
      ...(attached && { _attachments: attached }),
    }),
    original.parse({
      ...now,
      _id: ids.original,
      type: 'original',
      team,
      photo: ids.photo,
      storageKey: file.storageKey,
    }),
    arrival.parse({
      ...now,
      _id: ids.arrival,
      type: 'arrival',
      team,
      facts: [ids.checkin, ids.photo],
      receivedAt: nowMs,
      server,
    }),
  ]
}

/** The facts of one team, with those that would come to be; what is there already holds. */
export function withUploads(facts: readonly Fact[], coming: readonly Fact[]): Fact[] {
  const there = new Set(facts.map(({ _id }) => _id))
  return [...facts, ...coming.filter(({ _id }) => !there.has(_id))]
}
