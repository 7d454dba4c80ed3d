import { toBase32 } from './base32.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Under which id a bib's sealed card lies, and the AES key that opens it, 32 bytes. Neither tells the team. */
export type BibOpener = { id: string; key: Bytes }

export const sealedPrefix = 'sealed:'

/**
 * What a bib opens, from the signature on it: whoever has not seen the bib can make neither id nor key. `nonceKey` makes
 * the nonces of what is sealed for it.
 */
export async function bibOpener(signature: Bytes): Promise<BibOpener & { nonceKey: Bytes }> {
  const base = await crypto.subtle.importKey('raw', signature, 'HKDF', false, ['deriveBits'])
  const derived = async (info: string, bits: number) => {
    const how = { name: 'HKDF', hash: 'SHA-256', salt: utf8('zekken sealed card'), info: utf8(info) }
    return new Uint8Array(await crypto.subtle.deriveBits(how, base, bits))
  }
  const [id, key, nonceKey] = await Promise.all([derived('id', 128), derived('key', 256), derived('nonce', 256)])
  return { id: `${sealedPrefix}${toBase32(id)}`, key, nonceKey }
}

export const utf8 = (text: string) => new TextEncoder().encode(text)
