import type { ParcelHeader } from '../../design-docs/parcel.ts'

/**
 * A file of unsent records, `.zekken`, format 1. Numbers are unsigned and big-endian.
 *
 *     0   8 bytes   `ZKPARCEL`
 *     8   1 byte    the format, 1
 *     9   3 bytes   length of the header
 *    12   …         the header: JSON in UTF-8, a `ParcelHeader`
 *     …   64 bytes  ECDSA P-256 with SHA-256 over everything before it, r then s, by the key of the device
 *     …   …         the parts, in the order and with the lengths of the header
 *
 * The header has the SHA-256 of every part, so its signature holds for the whole. Nothing in it is packed: what arrives
 * is as large as it says. Each file stands by itself: with the original of a photo goes the photo's record.
 */
export const parcelLayout = { prefixBytes: 12, signatureBytes: 64, headerLimitBytes: 262_144 } as const

/** What one file holds at most, so that a phone can make it and a mail or a stick can carry it. */
export const parcelLimits = {
  fileBytes: 48 * 1_048_576,
  facts: 400,
  /** With their previews. */
  factsBytes: 8 * 1_048_576,
} as const

const magic = 'ZKPARCEL'
const format = 1

export type ReadHead = { header: unknown; signed: Uint8Array<ArrayBuffer>; signature: Uint8Array<ArrayBuffer> }

/** Everything that the device signs: what stands before the signature. */
export function parcelHead(header: ParcelHeader): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const head = new Uint8Array(parcelLayout.prefixBytes + json.length)
  head.set(new TextEncoder().encode(magic))
  new DataView(head.buffer).setUint32(8, json.length)
  head[8] = format
  head.set(json, parcelLayout.prefixBytes)
  return head
}

/** How long head and signature are together, by the first twelve bytes; null when they begin no such file. */
export function parcelHeadBytes(prefix: Uint8Array): number | null {
  if (prefix.length < parcelLayout.prefixBytes) return null
  if (new TextDecoder().decode(prefix.subarray(0, 8)) !== magic || prefix[8] !== format) return null
  const length = ((prefix[9] ?? 0) << 16) | ((prefix[10] ?? 0) << 8) | (prefix[11] ?? 0)
  if (length === 0 || length > parcelLayout.headerLimitBytes) return null
  return parcelLayout.prefixBytes + length + parcelLayout.signatureBytes
}

/** Head and signature taken apart, from bytes that hold at least these; null when they are none. */
export function readParcelHead(bytes: Uint8Array<ArrayBuffer>): ReadHead | null {
  const headBytes = parcelHeadBytes(bytes)
  if (headBytes === null || bytes.length < headBytes) return null
  const signedBytes = headBytes - parcelLayout.signatureBytes
  const signed = bytes.slice(0, signedBytes)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(signed.subarray(parcelLayout.prefixBytes))
    return { header: JSON.parse(text), signed, signature: bytes.slice(signedBytes, headBytes) }
  } catch {
    // No UTF-8, or no JSON: no file of ours.
    return null
  }
}

type Unpacked = { facts: readonly string[]; photos: readonly { id: string; bytes: number }[] }
/** What goes into one file. The records of its photos are among its facts. */
export type PlannedFile = { facts: string[]; photos: string[]; bytes: number }

/** Divides what is unsent into files, photos in their order; there is always one. */
export function planParcel({ facts, photos }: Unpacked, limits: typeof parcelLimits = parcelLimits): PlannedFile[] {
  const files: PlannedFile[] = []
  const roomFor = (bytes: number) => {
    const last = files.at(-1)
    const full = !last || last.bytes + bytes > roomBytes(limits) || last.facts.length >= limits.facts
    if (!full) return last
    const fresh: PlannedFile = { facts: [], photos: [], bytes: 0 }
    files.push(fresh)
    return fresh
  }
  for (const { id, bytes } of photos) {
    const file = roomFor(bytes)
    file.photos.push(id)
    file.facts.push(id)
    file.bytes += bytes
  }
  const packed = new Set(photos.map(({ id }) => id))
  for (const id of facts) if (!packed.has(id)) roomFor(0).facts.push(id)
  if (files.length === 0) roomFor(0)
  return files
}

const roomBytes = ({ fileBytes, factsBytes }: typeof parcelLimits) => fileBytes - factsBytes - 1_048_576
