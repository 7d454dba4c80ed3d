import { createHash } from 'node:crypto'
import sharp from 'sharp'

export type Drawn = {
  /** The same seed is the same picture, another one looks otherwise. */
  seed: string
  lat?: number
  lng?: number
  accuracyMeters?: number
  /** `2026:05:03 10:30:15` */
  local?: string
  /** `+09:00` */
  offset?: string
  format?: 'jpeg' | 'png'
  quality?: number
  width?: number
  model?: string
  serial?: string
}

/** A photograph as a camera leaves it: patches of light and dark, with where and when it was taken. */
export async function drawPhoto(drawn: Drawn): Promise<Uint8Array> {
  const dots = createHash('shake256', { outputLength: 12 * 9 })
    .update(drawn.seed)
    .digest()
  const width = drawn.width ?? 480
  const picture = sharp(dots, { raw: { width: 12, height: 9, channels: 1 } })
    .resize({ width, height: Math.round((width * 3) / 4), kernel: 'cubic', fit: 'fill' })
    .withExif(exifOf(drawn))
  const made = drawn.format === 'png' ? picture.png() : picture.jpeg({ quality: drawn.quality ?? 80 })
  return new Uint8Array(await made.toBuffer())
}

function exifOf({ lat, lng, accuracyMeters, local, offset, model = 'Test', serial }: Drawn) {
  const place = lat !== undefined &&
    lng !== undefined && {
      GPSLatitude: sexagesimal(lat),
      GPSLatitudeRef: lat < 0 ? 'S' : 'N',
      GPSLongitude: sexagesimal(lng),
      GPSLongitudeRef: lng < 0 ? 'W' : 'E',
      ...(accuracyMeters !== undefined && { GPSHPositioningError: `${Math.round(accuracyMeters * 10)}/10` }),
    }
  return {
    IFD0: { Make: 'Zekken', Model: model },
    IFD2: {
      ...(local && { DateTimeOriginal: local }),
      ...(offset && { OffsetTimeOriginal: offset }),
      ...(serial && { BodySerialNumber: serial }),
    },
    ...(place && { IFD3: place }),
  }
}

function sexagesimal(degrees: number): string {
  const size = Math.abs(degrees)
  const minutes = (size % 1) * 60
  const seconds = Math.round((minutes % 1) * 60 * 1_000_000)
  return `${Math.floor(size)}/1 ${Math.floor(minutes)}/1 ${seconds}/1000000`
}

/** What a camera's clock that is set to a zone shows at an instant. */
export const cameraClock = (at: number, offsetHours: number) =>
  new Date(at + offsetHours * 3_600_000).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ')
