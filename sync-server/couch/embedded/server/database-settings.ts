import { parseSecurity, requireDatabaseAdmin } from '../access/security.ts'
import type { ClosedHandler } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed } from '../routing/refusal.ts'
import { readJson } from '../routing/request-body.ts'
import type { Registry } from '../storage/registry.ts'

/** Routes that read or change what the registry knows of a database. */
export function databaseSettings(registry: Registry) {
  const security: ClosedHandler = async ({ method, raw, user, database }) => {
    const { record } = database
    if (method === 'GET' || method === 'HEAD') return jsonAnswer(record.security)
    if (method !== 'PUT') throw methodNotAllowed('PUT', 'GET')
    requireDatabaseAdmin(user, record.security)
    record.security = parseSecurity(await readJson(raw))
    await registry.saveDatabase(database.name)
    return jsonAnswer({ ok: true })
  }

  const revsLimit: ClosedHandler = async ({ method, raw, user, database }) => {
    if (method === 'GET') return jsonAnswer(database.record.revsLimit)
    if (method !== 'PUT') throw methodNotAllowed('PUT', 'GET')
    requireDatabaseAdmin(user, database.record.security)
    const limit = await readJson(raw)
    if (typeof limit !== 'number' || !Number.isSafeInteger(limit) || limit < 1) {
      throw badRequest('`rev_limit` must be an integer')
    }
    if (limit !== database.record.revsLimit) {
      database.setRevsLimit(limit)
      await registry.saveDatabase(database.name)
      // PouchDB takes the limit when it opens.
      await database.alone(async () => {})
    }
    return jsonAnswer({ ok: true })
  }

  return { security, revsLimit }
}
