import { Refusal } from '../routing/refusal.ts'
import type { Security } from '../storage/registry.ts'
import type { UserContext } from './sign-in.ts'

type People = { names: string[]; roles: string[] }

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [])

function people(security: Security, group: 'admins' | 'members'): People {
  const value = security[group]
  const lists = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return { names: strings(lists.names), roles: strings(lists.roles) }
}

const belongs = (user: UserContext, { names, roles }: People) =>
  (user.name !== null && names.includes(user.name)) || user.roles.some((role) => roles.includes(role))

export const isServerAdmin = (user: UserContext) => user.roles.includes('_admin')
export const isDatabaseAdmin = (user: UserContext, security: Security) =>
  isServerAdmin(user) || belongs(user, people(security, 'admins'))

function isMember(user: UserContext, security: Security): boolean {
  const members = people(security, 'members')
  const openToAll = members.names.length === 0 && members.roles.length === 0
  return openToAll || belongs(user, members) || isDatabaseAdmin(user, security)
}

/** Somebody who did not sign in is told to, somebody who did is told no. */
const denied = (user: UserContext, reason: string) =>
  user.name === null ? new Refusal(401, 'unauthorized', reason) : new Refusal(403, 'forbidden', reason)
const anonymousReason = 'You are not authorized to access this db.'

export function requireServerAdmin(user: UserContext): void {
  if (!isServerAdmin(user)) throw new Refusal(401, 'unauthorized', 'You are not a server admin.')
}

export function requireDatabaseAdmin(user: UserContext, security: Security): void {
  if (!isDatabaseAdmin(user, security)) throw denied(user, 'You are not a db or server admin.')
}

export function requireMember(user: UserContext, security: Security): void {
  if (isMember(user, security)) return
  throw denied(user, user.name === null ? anonymousReason : 'You are not allowed to access this db.')
}

/** The security object as CouchDB checks it before it stores one. */
export function parseSecurity(value: unknown): Security {
  const refuse = (reason: string) => new Refusal(400, 'bad_request', reason)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('Request body must be a JSON object')
  }
  for (const group of ['admins', 'members'] as const) {
    const lists = (value as Security)[group]
    if (lists === undefined) continue
    if (typeof lists !== 'object' || lists === null || Array.isArray(lists))
      throw refuse(`${group} must be a JSON object`)
    for (const kind of ['names', 'roles'] as const) {
      const list = (lists as Record<string, unknown>)[kind]
      if (list === undefined) continue
      if (!Array.isArray(list)) throw refuse(`${kind} must be a JSON list of strings`)
      if (strings(list).length !== list.length) throw refuse(`${kind} must be a JSON list of strings`)
    }
  }
  return value as Security
}
