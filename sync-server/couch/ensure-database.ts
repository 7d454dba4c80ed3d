import { type DatabaseKind, databaseName, databases, revsLimit } from '../../design-docs/databases.ts'
import { validatorOf } from '../../design-docs/validators.ts'
import type { Couch } from './client.ts'

/**
 * Makes a database as `design-docs` wants it and brings an older one up to date: security object, validator,
 * revision limit. Doing it again changes nothing. `_security` is written first, so a half-made database is closed.
 */
export async function ensureDatabase(couch: Couch, event: string, kind: DatabaseKind, team?: string): Promise<string> {
  const name = databaseName(event, kind, team)
  await couch.create(name)
  const root = `/${encodeURIComponent(name)}`
  await couch.json('PUT', `${root}/_security`, securityOf(event, kind, team))
  await couch.json('PUT', `${root}/_revs_limit`, revsLimit)
  const database = couch.database(name)
  const validator = validatorOf(event, kind)
  const existing = await database.get('_design/zekken')
  if (existing?.validate_doc_update !== validator) {
    const rev = existing ? { _rev: existing._rev } : {}
    await database.put({ _id: '_design/zekken', ...rev, validate_doc_update: validator })
  }
  return name
}

/** Members are the roles of the access table, as they stand in a token; nobody but the server is an admin. */
export function securityOf(event: string, kind: DatabaseKind, team?: string) {
  const { readers, writers } = databases[kind]
  const roles = [...new Set([...readers, ...writers])].map((role) =>
    kind === 'team' ? `zk:${event}:${role}:${team}` : `zk:${event}:${role}`,
  )
  return { admins: { names: [], roles: ['_admin'] }, members: { names: [], roles: roles.length ? roles : ['_admin'] } }
}
