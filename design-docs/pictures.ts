import { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import { eventCode, factId, instant, sha256Hex, teamNumber } from './primitives.ts'

/** The same size for whoever reads WebP; under the plain name lies the JPEG, which everyone reads. */
export const webpOf = (size: string) => `${size}.webp`
export const isWebpSize = (size: string) => size.endsWith('.webp')

/** Why bytes are no picture that is taken; each is told in words of its own. */
export const pictureProblems = [
  'empty',
  'too-large',
  'unsupported',
  'truncated',
  'damaged',
  'unreadable',
  'too-many-pixels',
  'too-many-scans',
  'too-much-metadata',
  'animated',
  'infected',
] as const
export type PictureProblem = (typeof pictureProblems)[number]

/** By which code a person or a program hears of it; `figures.problem` says which it was. */
export const pictureErrors: Record<PictureProblem, ErrorCode> = {
  empty: 'ZK-FILM-006',
  'too-large': 'ZK-FILM-007',
  unsupported: 'ZK-FILM-005',
  truncated: 'ZK-FILM-006',
  damaged: 'ZK-FILM-006',
  unreadable: 'ZK-FILM-006',
  'too-many-pixels': 'ZK-FILM-007',
  'too-many-scans': 'ZK-FILM-007',
  'too-much-metadata': 'ZK-FILM-007',
  animated: 'ZK-FILM-005',
  infected: 'ZK-FILM-008',
}

/**
 * A picture that was sent and is not shown, and why; in `desk`, for people to look at. A photo's record stands all the
 * same; a file that was brought in by hand has none.
 */
export const heldPicture = z.strictObject({
  _rev: z.string().optional(),
  event: eventCode,
  _id: z.string().startsWith('held:'),
  type: z.literal('held'),
  photo: factId.optional(),
  team: teamNumber.optional(),
  by: z.string(),
  device: z.string().optional(),
  sha256: sha256Hex,
  bytes: z.int(),
  /** `refused`: its bytes are kept nowhere here; `infected`: kept apart; `waiting`: for the scanner, its pieces are kept. */
  state: z.enum(['refused', 'infected', 'waiting']),
  problem: z.enum([...pictureProblems, 'mismatch', 'unscanned']),
  /** What the scanner called it. */
  found: z.string().max(200).optional(),
  /** Apart from everything that is served; never leaves the server. */
  storageKey: z.string().max(300).optional(),
  at: instant,
  lastAt: instant,
  tries: z.int(),
})
export type HeldPicture = z.infer<typeof heldPicture>
/** By the photo's id; by the content where there is no photo. */
export const heldId = (photo: string) => `held:${photo}`
