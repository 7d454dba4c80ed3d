import { crc32, deflateSync } from 'node:zlib'

/** Files written part by part, so that any part can be wrong. */
export const join = (...parts: (Uint8Array | string)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))))

const u32 = (n: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}
const u16 = (n: number) => Uint8Array.of((n >> 8) & 255, n & 255)

export const pngMagic = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** A chunk with its checksum, or another one in its place. */
export function chunk(name: string, data: Uint8Array | string = '', sum?: number): Uint8Array {
  const body = join(name, data)
  return join(u32(body.length - 4), body, u32(sum ?? crc32(body)))
}

export type PngHead = { width?: number; height?: number; depth?: number; colour?: number; interlace?: number }

export const ihdr = ({ width = 8, height = 8, depth = 8, colour = 2, interlace = 0 }: PngHead = {}): Uint8Array =>
  chunk('IHDR', join(u32(width), u32(height), Uint8Array.of(depth, colour, 0, 0, interlace)))

/** A PNG that is right, of zeros, unless it is told otherwise. */
export function png(parts: { head?: PngHead; before?: Uint8Array[]; data?: Uint8Array; after?: Uint8Array[] } = {}) {
  const { width = 8, height = 8 } = parts.head ?? {}
  const data = parts.data ?? deflateSync(Buffer.alloc(height * (width * 3 + 1)))
  return join(
    pngMagic,
    ihdr(parts.head),
    ...(parts.before ?? []),
    chunk('IDAT', data),
    ...(parts.after ?? []),
    chunk('IEND'),
  )
}

export const segment = (marker: number, data: Uint8Array | string = ''): Uint8Array => {
  const body = join(data)
  return join(Uint8Array.of(0xff, marker), u16(body.length + 2), body)
}

/** Where the first segment of a JPEG with this marker begins. */
export function markerAt(file: Uint8Array, marker: number): number {
  for (let at = 2; at + 4 < file.length; ) {
    if (file[at + 1] === marker) return at
    at += 2 + (((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0))
  }
  throw new Error(`no marker ${marker.toString(16)}`)
}

/** The same file with these bytes written over it. */
export function over(file: Uint8Array, at: number, ...bytes: number[]): Uint8Array {
  const copy = Uint8Array.from(file)
  copy.set(bytes, at)
  return copy
}

export const insert = (file: Uint8Array, at: number, ...parts: Uint8Array[]): Uint8Array =>
  join(file.subarray(0, at), ...parts, file.subarray(at))

export const box = (type: string, ...parts: (Uint8Array | string)[]): Uint8Array => {
  const body = join(...parts)
  return join(u32(body.length + 8), type, body)
}
