import { createHash, createHmac } from 'node:crypto'
import type { Keys } from './keys.ts'

/** What the database keeps of a secret. The secrets are random, so a plain hash cannot be searched. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** What the database keeps of a short code; keyed, because all codes could be tried against a plain hash. */
export const codeHashOf = (keys: Keys, code: string) =>
  createHmac('sha256', keys.hmac)
    .update(`invitation-code:${normalCode(code)}`)
    .digest('hex')

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eight characters to read out or type, none of which looks like another: 39 bits. */
export function newCode(random: (bytes: number) => Buffer): string {
  let text = ''
  while (text.length < 8) {
    const [byte = 255] = random(1)
    // 240 is the largest multiple of 30 in a byte: no character is likelier than another.
    if (byte < 240) text += alphabet[byte % alphabet.length]
  }
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** A code as typed, in any case and spacing, full width included. */
export const normalCode = (code: string) =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
