import { z } from 'zod'
import { accountId, deviceId, eventCode, factId, instant, sha256Hex, ulidText } from './primitives.ts'

/** A file of unsent records that a device signed; `functions/rules/parcel.ts` has its bytes. */
const part = z.discriminatedUnion('kind', [
  /** JSON: an array of facts as a push has them, revisions and previews inline. */
  z.strictObject({
    kind: z.literal('facts'),
    bytes: z.int().min(2).max(8_388_608),
    sha256: sha256Hex,
    count: z.int().min(0).max(500),
  }),
  z.strictObject({
    kind: z.literal('original'),
    bytes: z.int().min(1).max(10_485_760),
    sha256: sha256Hex,
    photo: factId,
  }),
])

export const parcelHeader = z.strictObject({
  /** Files of one saving have the same. */
  parcel: ulidText,
  file: z.int().min(1).max(999),
  files: z.int().min(1).max(999),
  event: eventCode,
  device: deviceId,
  deviceName: z.string().max(120),
  /** The server data that the device last met; null when it has met none. */
  generation: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  by: accountId,
  /** Server time as far as the device knew. */
  madeAt: instant,
  /** The facts first, then the originals. */
  parts: z.tuple([part.options[0]]).rest(part.options[1]),
})
export type ParcelHeader = z.infer<typeof parcelHeader>

/** One record of a file: `new` is taken in now, `known` was there under the same revision. */
export type ParcelRow = {
  id: string
  /** As far as the record says so. */
  type: string
  team: string | null
  at: number | null
  state: 'new' | 'known' | 'waits' | 'refused'
  code?: string
}
export type ParcelPhoto = {
  photo: string
  state: 'stored' | 'missing' | 'refused'
  /** Pieces that are asked for, each `pieceBytes` long but the last. */
  missing: number[]
  pieceBytes: number
  code?: string
}
/** What the server says to head and facts of a file. Looked at, nothing of it has been written. */
export type ParcelAnswer = {
  /** Names the file when its originals are brought. */
  id: string
  device: { id: string; name: string; holders: string[]; removed: boolean }
  madeAt: number
  file: number
  files: number
  rows: ParcelRow[]
  photos: ParcelPhoto[]
}

/** A file that was brought in, for the list in the console. */
export type ParcelNote = {
  id: string
  device: string
  deviceName: string
  file: number
  files: number
  madeAt: number
  counts: { new: number; known: number; waits: number; refused: number }
  photos: number
  carriers: { account: string; device: string; at: number }[]
}
