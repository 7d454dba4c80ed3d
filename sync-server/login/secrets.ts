import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Installation } from './installation.ts'
import type { Keys } from './keys.ts'

/** What the database keeps of a secret. The secrets are random, so a plain hash cannot be searched. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** What the database keeps of a short code; keyed, because all codes could be tried against a plain hash. */
export const codeHashOf = (keys: Keys, code: string) =>
  createHmac('sha256', keys.hmac)
    .update(`invitation-code:${normalCode(code)}`)
    .digest('hex')

/** A random secret that says when it was issued and by whose key, so that an older copy of the data can still tell. */
export function newSessionSecret(it: Pick<Installation, 'keys' | 'random' | 'now'>, session: string): string {
  const claim = `${it.now()}_${it.random(32).toString('base64url')}`
  return `${claim}_${sealOf(it.keys, session, claim)}`
}

/** When this installation issued the secret for this session, milliseconds since 1970; null when it never did. */
export function issuedBy(it: Pick<Installation, 'keys'>, session: string, secret: string): number | null {
  const end = secret.length - sealLength
  const claim = secret.slice(0, end - 1)
  const wanted = Buffer.from(sealOf(it.keys, session, claim))
  const given = Buffer.from(secret.slice(end))
  if (end < 2 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null
  return Number(claim.slice(0, claim.indexOf('_')))
}

const sealLength = 43
const sealOf = (keys: Keys, session: string, claim: string) =>
  createHmac('sha256', keys.hmac).update(`session-secret:${session}:${claim}`).digest('base64url')

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
