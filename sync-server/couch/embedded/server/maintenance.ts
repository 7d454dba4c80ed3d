import { requireDatabaseAdmin } from '../access/security.ts'
import type { DatabaseHandler, DatabaseRequest } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { methodNotAllowed } from '../routing/refusal.ts'

function adminPost({ method, user, database }: DatabaseRequest): void {
  if (method !== 'POST') throw methodNotAllowed('POST')
  requireDatabaseAdmin(user, database.record.security)
}

/** POST /db/_compact: forgets the bodies of revisions that were replaced. */
export const compact: DatabaseHandler = async (request) => {
  adminPost(request)
  await request.store.compact()
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
