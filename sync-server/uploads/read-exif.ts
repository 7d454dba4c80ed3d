import exifr from 'exifr'
import type { PictureTold } from '../../design-docs/uploads.ts'

const wanted = {
  reviveValues: false,
  translateValues: false,
  tiff: true,
  ifd0: {},
  exif: true,
  gps: true,
  interop: false,
  makerNote: false,
  userComment: false,
  xmp: false,
  icc: false,
  iptc: false,
} as const

/**
 * What a picture says about where, when and with what it was taken. Values of the wrong kind or out of range are as if
 * they were not there, and a position of exactly 0, 0 is what cameras write that never found one.
 * https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf
 */
export async function readExif(bytes: Uint8Array): Promise<PictureTold> {
  const found: unknown = await exifr.parse(bytes, wanted).catch(() => undefined)
  const tags = typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  const local = words(tags.DateTimeOriginal, 40) ?? words(tags.CreateDate, 40)
  const offset = words(tags.OffsetTimeOriginal, 10) ?? words(tags.OffsetTimeDigitized ?? tags.OffsetTime, 10)
  const camera = [...new Set([words(tags.Make, 60), words(tags.Model, 60)])].filter((part) => part).join(' ')
  // What EXIF calls BodySerialNumber.
  const serial = words(tags.SerialNumber, 60)
  return {
    ...placeIn(tags),
    ...(local && { local }),
    ...(offset && { offset }),
    ...(camera && { camera: camera.slice(0, 120) }),
    ...(serial && { serial }),
  }
}

function placeIn(tags: Record<string, unknown>): Pick<PictureTold, 'lat' | 'lng' | 'accuracyMeters'> {
  const lat = numberIn(tags.latitude, 90)
  const lng = numberIn(tags.longitude, 180)
  if (lat === null || lng === null || (lat === 0 && lng === 0)) return {}
  const accuracyMeters = numberIn(tags.GPSHPositioningError, 1e7)
  return { lat, lng, ...(accuracyMeters !== null && accuracyMeters >= 0 && { accuracyMeters }) }
}

const numberIn = (value: unknown, limit: number): number | null =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit ? value : null

// A camera pads its texts with NUL and blanks; anything else that no line of text holds has no business there.
const words = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' ? value.replace(/\p{C}/gu, '').trim().slice(0, most) || undefined : undefined
