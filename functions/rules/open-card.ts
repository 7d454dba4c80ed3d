import { inflateSync, strFromU8, strToU8 } from 'fflate'
import type { Card } from '../../design-docs/derived.ts'
import { type BibOpener, utf8 } from './bib-opener.ts'

export const nonceBytes = 12

/** The card in a sealed one, or null where this bib does not open it. */
export async function openCard({ id, key }: BibOpener, box: string): Promise<Card | null> {
  try {
    const bytes = strToU8(atob(box), true) as Uint8Array<ArrayBuffer>
    const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
    const how = { name: 'AES-GCM', iv: bytes.subarray(0, nonceBytes), additionalData: utf8(id) }
    const plain = await crypto.subtle.decrypt(how, aes, bytes.subarray(nonceBytes))
    const length = new DataView(plain).getUint32(0)
    return JSON.parse(strFromU8(inflateSync(new Uint8Array(plain, 4, length)))) as Card
  } catch {
    // Another bib's, or bytes that somebody changed: AES-GCM does not say which, and neither is to be shown.
    return null
  }
}
