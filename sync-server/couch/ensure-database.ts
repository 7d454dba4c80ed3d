import { type DatabaseKind, databaseName, databases, revsLimit } from '../../design-docs/databases.ts'
import { validatorOf } from '../../design-docs/validators.ts'
import type { Couch, Database } from './client.ts'

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
  await ensureValidator(couch.database(name), validatorOf(event, kind))
  return name
}

async function ensureValidator(database: Database, validator: string | null): Promise<void> {
  const existing = await database.get('_design/zekken')
  if ((existing?.validate_doc_update ?? null) === validator) return
  const content = validator === null ? { _deleted: true } : { validate_doc_update: validator }
  await database.put({ _id: '_design/zekken', ...(existing && { _rev: existing._rev }), ...content })
}

/** Members are the roles of the access table, as they stand in a token; nobody but the server is an admin. */
export function securityOf(event: string, kind: DatabaseKind, team?: string) {
  const { readers, writers } = databases[kind]
  const roles = [...new Set([...readers, ...writers])].map((role) =>
    kind === 'team' ? `zk:${event}:${role}:${team}` : `zk:${event}:${role}`,
  )
  return { admins: { names: [], roles: ['_admin'] }, members: { names: [], roles: roles.length ? roles : ['_admin'] } }
}
