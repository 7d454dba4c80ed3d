import type { ParcelHeader } from '../../../design-docs/parcel.ts'
import { parcelHeadBytes, parcelLayout, readParcelHead } from '../../../functions/rules/parcel.ts'
import { sha256 } from '../pieces.ts'

/** A file whose parts are what its header says; whether the header is its device's only the server can tell. */
export type OpenedParcel = {
  /** `<device>-<ulid>-<file>`, as the server names it. */
  id: string
  header: ParcelHeader
  content: Blob
  /** Head, signature and facts: what the server is asked with. */
  front: Blob
  /** Records in it. */
  facts: readonly { _id?: unknown; type?: unknown; team?: unknown }[]
  original(photo: string): Blob | null
}

/** Null when it is no such file, or when anything in it is missing or changed. */
export async function openParcel(content: Blob): Promise<OpenedParcel | null> {
  const prefix = new Uint8Array(await content.slice(0, parcelLayout.prefixBytes).arrayBuffer())
  const headBytes = parcelHeadBytes(prefix)
  if (headBytes === null || headBytes > content.size) return null
  const head = readParcelHead(new Uint8Array(await content.slice(0, headBytes).arrayBuffer()))
  const header = headerIn(head?.header)
  if (!header) return null
  const ends: { photo: string | null; part: Blob }[] = []
  let at = headBytes
  for (const part of header.parts) {
    const bytes = content.slice(at, at + part.bytes)
    at += part.bytes
    // One after the other: a phone need not hold two originals at once.
    if ((await sha256(await bytes.arrayBuffer())) !== part.sha256) return null
    ends.push({ photo: part.kind === 'original' ? part.photo : null, part: bytes })
  }
  const facts = at === content.size ? arrayIn(await ends[0]?.part.text()) : null
  if (!facts) return null
  return {
    id: `${header.device}-${header.parcel}-${header.file}`,
    header,
    content,
    front: content.slice(0, headBytes + header.parts[0].bytes),
    facts,
    original: (photo) => ends.find((one) => one.photo === photo)?.part ?? null,
  }
}

/** As far as it takes to carry the file; the server reads it with a schema. */
function headerIn(value: unknown): ParcelHeader | null {
  const header = value as Partial<ParcelHeader> | null | undefined
  const texts = [header?.parcel, header?.device, header?.event]
  const parts = header?.parts
  if (texts.some((text) => typeof text !== 'string' || !/^[\w]{1,60}$/.test(text))) return null
  if (!Array.isArray(parts) || parts[0]?.kind !== 'facts') return null
  const wellFormed = parts.every(({ bytes, sha256 }) => Number.isSafeInteger(bytes) && typeof sha256 === 'string')
  return wellFormed ? (header as ParcelHeader) : null
}

function arrayIn(text: string | undefined): OpenedParcel['facts'] | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
