import { isDatabaseAdmin } from '../access/security.ts'
import type { DatabaseHandler, DatabaseRequest } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { methodNotAllowed, Refusal } from '../routing/refusal.ts'
import { requireJsonType } from '../routing/request-body.ts'
import type { Compactor } from '../storage/compactor.ts'

function adminPost({ method, user, database }: DatabaseRequest): void {
  if (method !== 'POST') throw methodNotAllowed('POST')
  if (isDatabaseAdmin(user, database.record.security)) return
  // CouchDB says so to those who signed in, too, on these two routes.
  throw new Refusal(401, 'unauthorized', 'You are not a db or server admin.')
}

/**
 * POST /db/_compact: begins to remove the bodies of revisions that were replaced. With the name of a design document
 * there is nothing to begin, since LevelDB keeps no old rows of an index.
 */
export const compact =
  (compactor: Compactor): DatabaseHandler =>
  async (request) => {
    adminPost(request)
    const { path, store, database } = request
    requireJsonType(request.headers)
    if (path[1] === undefined) compactor.ask(database)
    else await store.get(`_design/${path[1]}`)
    return jsonAnswer({ ok: true }, 202)
  }

/** POST /db/_view_cleanup: removes indexes whose design document is gone. */
export const viewCleanup: DatabaseHandler = async (request) => {
  adminPost(request)
  await request.store.viewCleanup()
  return jsonAnswer({ ok: true }, 202)
}

/** POST /db/_ensure_full_commit: every answer waits for that anyway. */
export const ensureFullCommit: DatabaseHandler = async ({ method }) => {
  if (method !== 'POST') throw methodNotAllowed('POST')
  return jsonAnswer({ ok: true, instance_start_time: '0' }, 201)
}
