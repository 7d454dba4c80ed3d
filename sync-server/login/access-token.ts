import { jwtVerify, SignJWT } from 'jose'
import type { Caller } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { Keys } from './keys.ts'
import { tokenKey } from './token-key.ts'

export const accessTokenMs = 10 * 60_000
const issuer = 'zekken'

export type TokenSubject = {
  account: string
  device: string
  event: string
  role: Role
  teams: readonly string[]
  session: string
}

/** The roles of a caller as CouchDB sees them; `_security` and validators are written against these. */
export function couchRoles({ event, role, teams, device }: TokenSubject): string[] {
  const ofTeams = role === 'participant' || role === 'agent' ? teams.map((team) => `zk:${event}:${role}:${team}`) : []
  return [`zk:${event}:${role}`, ...ofTeams, `zk:device:${device}`]
}

/** A signed ES256 token for one session, good for ten minutes unless `ttlMs` says otherwise. */
export async function issueAccessToken(
  keys: Keys,
  subject: TokenSubject,
  options: { nowMs: number; ttlMs?: number },
): Promise<{ accessToken: string; expiresAt: number }> {
  const issuedAt = Math.floor(options.nowMs / 1000)
  const expires = issuedAt + Math.floor((options.ttlMs ?? accessTokenMs) / 1000)
  const accessToken = await new SignJWT({ '_couchdb.roles': couchRoles(subject), sid: subject.session })
    .setProtectedHeader({ alg: 'ES256', kid: keys.signing.kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(subject.account)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expires)
    .sign(keys.signing.privateKey)
  return { accessToken, expiresAt: expires * 1000 }
}

/** Checking a signature costs more than the rest of a request, and a phone comes with the same token for ten minutes. */
const verified = new WeakMap<Keys, Map<string, Caller>>()
const verifiedLimit = 5000

/** The caller a token speaks for; throws ZK-AUTH-001 for every token that is not ours, whole and in time. */
export async function readAccessToken(keys: Keys, token: string, nowMs: number): Promise<Caller> {
  const known = verified.get(keys) ?? new Map<string, Caller>()
  verified.set(keys, known)
  const before = known.get(token)
  if (before && nowMs < before.expiresAt) return before
  const caller = await verify(keys, token, nowMs)
  if (known.size >= verifiedLimit) known.clear()
  known.set(token, caller)
  return caller
}

async function verify(keys: Keys, token: string, nowMs: number): Promise<Caller> {
  const options = {
    algorithms: ['ES256'],
    issuer,
    typ: 'JWT',
    requiredClaims: ['sub', 'exp', 'sid'],
    currentDate: new Date(nowMs),
  }
  const { payload } = await jwtVerify(token, tokenKey(keys), options).catch((cause: unknown) => {
    throw new AppError('ZK-AUTH-001', { cause })
  })
  const roles = payload['_couchdb.roles']
  if (!Array.isArray(roles)) throw new AppError('ZK-AUTH-001')
  const parts = roles.map((text) => String(text).split(':'))
  const ofEvent = parts.find(([zk, event]) => zk === 'zk' && event !== 'device')
  const device = parts.find(([zk, kind]) => zk === 'zk' && kind === 'device')?.[2]
  if (!ofEvent?.[1] || !ofEvent[2] || !device) throw new AppError('ZK-AUTH-001')
  return {
    account: payload.sub ?? '',
    session: String(payload.sid),
    device,
    event: ofEvent[1],
    roles: [...new Set(parts.flatMap(([, kind, role]) => (kind !== 'device' && role ? [role as Role] : [])))],
    teams: parts.flatMap(([, , , team]) => (team ? [team] : [])),
    expiresAt: (payload.exp ?? 0) * 1000,
  }
}
