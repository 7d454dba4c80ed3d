import { z } from 'zod'
import { imageVariants } from './access.ts'
import { accountId, deviceId, eventCode, factId, instant, sha256Hex, teamNumber } from './primitives.ts'

/** How long a one-time link opens. */
export const linkMs = 60_000

const purpose = z.enum(['view', 'download'])

/**
 * A way to one picture, once, for one session, in `zk-office`; its id is the hash of the token, which is nowhere kept. It
 * names the image and not a version, so that it leads to the newest.
 */
export const link = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().regex(/^link:[0-9a-f]{64}$/),
  type: z.literal('link'),
  event: eventCode,
  photo: factId,
  /** Absent: of a palette. */
  team: teamNumber.optional(),
  variant: z.enum(imageVariants),
  for: purpose,
  /** Who asked, and the only session and device that it opens for. */
  by: accountId,
  session: z.string(),
  device: deviceId,
  at: instant,
  until: instant,
  used: instant.optional(),
  revoked: z.strictObject({ by: accountId, at: instant }).optional(),
})
export type Link = z.infer<typeof link>

/** `POST /api/images/{image}/url`. */
export const askLink = z.strictObject({
  variant: z.enum(imageVariants),
  for: purpose.default('view'),
  /** What was asked for without a signal: it is given to the device that asked, for a day. */
  ask: factId.optional(),
})
export const madeImageLink = z.strictObject({ url: z.string(), until: instant, version: z.int() })
export type MadeImageLink = z.infer<typeof madeImageLink>

/** `GET /api/images/{image}/updated`. */
export type ImageUpdated = { updated: boolean; version: number; changedAt: number | null }

const imageLinkRow = z.strictObject({
  id: sha256Hex,
  photo: factId,
  team: teamNumber.optional(),
  variant: link.shape.variant,
  by: accountId,
  at: instant,
  until: instant,
})
export type ImageLinkRow = z.infer<typeof imageLinkRow>
/** One-time links of an event that would open now, newest first. */
export const imageLinkList = z.strictObject({ now: instant, links: z.array(imageLinkRow) })
export type ImageLinkList = z.infer<typeof imageLinkList>

/** What came of a request for `/i/…`; from outside all but the first three look the same. */
export const linkOutcomes = [
  'opened',
  'resumed',
  'looked',
  'busy',
  'unknown',
  'expired',
  'foreign',
  'revoked',
  'reused',
  'no-picture',
  'prefetch',
  'preview-bot',
] as const
export type LinkOutcome = (typeof linkOutcomes)[number]
