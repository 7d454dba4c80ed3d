import { deflateSync, strFromU8 } from 'fflate'
import type { Card, Sealed } from '../../design-docs/derived.ts'
import { type bibOpener, utf8 } from './bib-opener.ts'
import { nonceBytes } from './open-card.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Sealer = Awaited<ReturnType<typeof bibOpener>>

const smallestBytes = 1024

/**
 * The card for whoever has scanned the bib: AES-256-GCM, bound to its id. The nonce is made from what is sealed, so that the
 * same card gives the same bytes and no two contents ever share one; lengths are rounded up to 1, 2, 4… KB.
 */
export async function sealCard(card: Card, { id, key, nonceKey }: Sealer): Promise<Sealed> {
  const plain = padded(deflateSync(utf8(orderedJson(card)), { level: 9 }))
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const hmacKey = await crypto.subtle.importKey('raw', nonceKey, hmac, false, ['sign'])
  const iv = new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, plain)).subarray(0, nonceBytes)
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const how = { name: 'AES-GCM', iv, additionalData: utf8(id) }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, aes, plain))
  const box = new Uint8Array(nonceBytes + sealed.length)
  box.set(iv)
  box.set(sealed, nonceBytes)
  return { _id: id, type: 'sealed', event: card.event, box: btoa(strFromU8(box, true)) }
}

/** Its length, itself, and zeros up to the next size. */
function padded(content: Uint8Array): Bytes {
  let size = smallestBytes
  while (size < content.length + 4) size *= 2
  const bytes = new Uint8Array(size)
  new DataView(bytes.buffer).setUint32(0, content.length)
  bytes.set(content, 4)
  return bytes
}

/** The same text whatever the order of fields; the revision is none of the card's own words. */
function orderedJson({ _rev, ...card }: Card): string {
  return JSON.stringify(card, (_, value: unknown) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
}
