import { requireDatabaseAdmin } from '../access/security.ts'
import { parseRev } from '../documents/parse-document.ts'
import type { ClosedHandler } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed, notFound } from '../routing/refusal.ts'
import { readObject } from '../routing/request-body.ts'
import { purgeFiles } from '../storage/purge-files.ts'
import type { Registry } from '../storage/registry.ts'

/** POST /db/_purge, on the closed files. */
export function purge(registry: Registry): ClosedHandler {
  return async ({ method, raw, user, database }) => {
    if (method !== 'POST') throw methodNotAllowed('POST')
    requireDatabaseAdmin(user, database.record.security)
    const wanted = parseWanted(await readObject(raw))
    const purged = await database.alone((path) => {
      if (database.ended) throw notFound('Database does not exist.')
      return purgeFiles(path, wanted)
    })
    database.record.purges++
    await registry.saveDatabase(database.name)
    database.designChanged()
    database.changed()
    return jsonAnswer({ purge_seq: null, purged }, 201)
  }
}

function parseWanted(body: Record<string, unknown>): Record<string, string[]> {
  const wanted: Record<string, string[]> = Object.create(null)
  for (const [id, revs] of Object.entries(body)) {
    if (!Array.isArray(revs)) throw badRequest('Invalid list of revisions')
    wanted[id] = revs.map(parseRev)
  }
  return wanted
}

/** GET or PUT /db/_purged_infos_limit: nothing is remembered of a purge, so any limit is kept to. */
export const purgedInfos: ClosedHandler = async ({ method, user, database }) => {
  if (method === 'GET') return jsonAnswer(1000)
  if (method !== 'PUT') throw methodNotAllowed('PUT', 'GET')
  requireDatabaseAdmin(user, database.record.security)
  return jsonAnswer({ ok: true })
}
