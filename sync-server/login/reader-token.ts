import { SignJWT } from 'jose'
import type { Caller } from '../../design-docs/access.ts'
import type { Keys } from './keys.ts'

/** Not the issuer of access tokens: our own doors take none of these. */
const issuer = 'zekken-gateway'
const lifeMs = 10 * 60_000
/** A feed waits a minute at most: a token with less than this left is not begun with. */
const leastLeftMs = 2 * 60_000

type Made = { token: Promise<string>; until: number }
const madeBy = new WeakMap<Keys, Map<string, Made>>()

/**
 * A token with the roles that these callers have in common, and no team's or device's, to ask the database once for all of
 * them. It is never given out.
 */
export function readerToken(
  keys: Keys,
  { event, roles }: Pick<Caller, 'event' | 'roles'>,
  nowMs: number,
): Promise<string> {
  const made = madeBy.get(keys) ?? new Map<string, Made>()
  madeBy.set(keys, made)
  const named = roles.map((role) => `zk:${event}:${role}`).sort()
  const known = made.get(named.join())
  if (known && known.until - leastLeftMs > nowMs && known.until <= nowMs + lifeMs) return known.token
  const until = nowMs + lifeMs
  const token = new SignJWT({ '_couchdb.roles': named })
    .setProtectedHeader({ alg: 'ES256', kid: keys.signing.kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject('zekken-readers')
    .setIssuedAt(Math.floor(nowMs / 1000))
    .setExpirationTime(Math.floor(until / 1000))
    .sign(keys.signing.privateKey)
  made.set(named.join(), { token, until })
  token.catch(() => made.delete(named.join()))
  return token
}
