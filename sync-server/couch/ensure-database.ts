import { type DatabaseKind, databaseName, databases, revsLimit } from '../../design-docs/databases.ts'
import { validatorOf } from '../../design-docs/validators.ts'
import type { Couch, Database } from './client.ts'

const designId = '_design/zekken'

/**
 * Makes a database as `design-docs` wants it and brings an older one up to date: security object, validator,
 * revision limit. Doing it again changes nothing. Both engines make databases closed to all, and it is opened before
 * there is anything in it.
 */
export async function ensureDatabase(couch: Couch, event: string, kind: DatabaseKind, team?: string): Promise<string> {
  const name = databaseName(event, kind, team)
  const isNew = await couch.create(name)
  const root = `/${encodeURIComponent(name)}`
  await Promise.all([
    couch.json('PUT', `${root}/_security`, securityOf(event, kind, team)),
    couch.json('PUT', `${root}/_revs_limit`, revsLimit),
  ])
  await ensureValidator(couch.database(name), validatorOf(event, kind), isNew)
  return name
}

async function ensureValidator(database: Database, validator: string | null, isNew: boolean): Promise<void> {
  const first = validator !== null && { _id: designId, validate_doc_update: validator }
  if (isNew && (!first || (await database.put(first)) !== null)) return
  const existing = await database.get(designId)
  if ((existing?.validate_doc_update ?? null) === validator) return
  const content = validator === null ? { _deleted: true } : { validate_doc_update: validator }
  await database.put({ _id: designId, ...(existing && { _rev: existing._rev }), ...content })
}

/** Members are the roles of the access table, as they stand in a token; nobody but the server is an admin. */
export function securityOf(event: string, kind: DatabaseKind, team?: string) {
  const { readers, writers } = databases[kind]
  const roles = [...new Set([...readers, ...writers])].map((role) =>
    kind === 'team' ? `zk:${event}:${role}:${team}` : `zk:${event}:${role}`,
  )
  return { admins: { names: [], roles: ['_admin'] }, members: { names: [], roles: roles.length ? roles : ['_admin'] } }
}
