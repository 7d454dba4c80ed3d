import { AppError, type ErrorCode } from '../../design-docs/errors.ts'

export type UploadPace = {
  /** Throws the error of that code, ZK-FILM-010 unless told otherwise, with the milliseconds until the next one may come; a photo that has begun goes on. */
  admit(account: string, photo: string): void
}

/** More than anyone photographs in an hour; what piled up in a day without a signal goes at once as far as this. */
const photosAnHour = 600
/** Photos of a person that are on their way at once, or were a moment ago. */
const remembered = 50

/**
 * How fast one person's photos are taken in. The allowance comes back evenly, one every few seconds, so that a phone
 * with a long queue waits shortly and often instead of losing an hour; this process counts for itself.
 */
export function uploadPace({
  now,
  perHour = photosAnHour,
  code = 'ZK-FILM-010',
}: {
  now(): number
  perHour?: number
  code?: ErrorCode
}): UploadPace {
  const everyMs = 3_600_000 / perHour
  const people = new Map<string, { left: number; at: number; photos: string[] }>()
  return {
    admit(account, photo) {
      const at = now()
      const known = people.get(account) ?? { left: perHour, at, photos: [] }
      if (known.photos.includes(photo)) return
      // A clock that was set back gives nothing.
      const left = Math.min(perHour, known.left + Math.max(0, at - known.at) / everyMs)
      const isAdmitted = left >= 1
      if (people.size > 10_000) people.clear()
      const photos = isAdmitted ? [...known.photos, photo].slice(-remembered) : known.photos
      people.set(account, { left: isAdmitted ? left - 1 : left, at, photos })
      if (!isAdmitted) throw new AppError(code, { figures: { retryAfterMs: Math.ceil((1 - left) * everyMs) } })
    },
  }
}
