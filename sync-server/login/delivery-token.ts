import { SignJWT } from 'jose'
import type { Caller } from '../../design-docs/access.ts'
import { arrivalsRole } from '../../design-docs/validators.ts'
import { couchRoles } from './access-token.ts'
import type { Keys } from './keys.ts'

/** Not the issuer of access tokens: our own doors take none of these. */
const issuer = 'zekken-gateway'
const made = new WeakMap<Caller, Promise<string>>()

/**
 * A token with the caller's own rights in the database, and the right to say when their facts came in, so that both are
 * written in one go and held to the validator. It is never given out and ends with the caller's own.
 */
export function deliveryToken(keys: Keys, caller: Caller, nowMs: number): Promise<string> {
  const known = made.get(caller)
  if (known) return known
  const token = sign(keys, caller, nowMs)
  made.set(caller, token)
  token.catch(() => made.delete(caller))
  return token
}

async function sign({ signing }: Keys, caller: Caller, nowMs: number): Promise<string> {
  const { account, event, device, teams, expiresAt } = caller
  const roles = new Set(
    caller.roles.flatMap((role) => couchRoles({ account, event, device, role, teams, session: '' })),
  )
  return await new SignJWT({ '_couchdb.roles': [...roles, arrivalsRole(event)] })
    .setProtectedHeader({ alg: 'ES256', kid: signing.kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(account)
    .setIssuedAt(Math.floor(nowMs / 1000))
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(signing.privateKey)
}
