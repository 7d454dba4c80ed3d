import { z } from 'zod'
import { eventCodeForm } from './ids.ts'

/** An instant: milliseconds since 1970-01-01T00:00Z, an integer. Documents hold no other kind of time. */
export const instant = z.int().min(0).max(8.64e15)

/** An event's code: part of database names, roles and every bib's QR (there in upper case). */
export const eventCode = z.string().regex(eventCodeForm)

/** A bib or receipt number. The alphabet keeps `:`, `/` and high code points out of ids, ranges and paths. */
export const teamNumber = z.string().regex(/^[A-Z0-9]{1,12}$/)

/** A checkpoint's number, as printed on the map. */
export const checkpointNumber = z.string().regex(/^[A-Z0-9]{1,12}$/)

/** Crockford base32, 26 characters: https://github.com/ulid/spec */
export const ulidText = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)

/** Devices choose 8 to 40 characters; `server` is the server's own. */
export const deviceId = z.string().regex(/^(?:server|[a-z0-9]{8,40})$/)
export const accountId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,59}$/)

/** `<subject>:<type>:<ulid>`; the subject is a team number or `staff`, so a team's facts are one id range. */
export const factId = z.string().regex(/^(?:[A-Z0-9]{1,12}|staff):[a-z]{1,20}:[0-7][0-9A-HJKMNP-TV-Z]{25}$/)

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** WGS 84 degrees; accuracy is the radius in metres within which the device believes itself (95 %, W3C Geolocation). */
export const position = z.strictObject({
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
  accuracyMeters: z.number().min(0).max(1e7),
  at: instant.optional(),
})
export type Position = z.infer<typeof position>

/** Text in the languages of the product; a further language is a further key. */
export const words = z.strictObject({ ja: z.string().max(2000), en: z.string().max(2000) })
export type Words = z.infer<typeof words>

export const roles = ['participant', 'agent', 'staff', 'core', 'corner', 'judge', 'admin', 'display', 'server'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>
