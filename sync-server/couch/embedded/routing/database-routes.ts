import { attachmentRoute } from '../attachments/attachment-routes.ts'
import { changesRoute } from '../changes/changes-route.ts'
import { bulkDocs } from '../documents/bulk-docs.ts'
import { bulkGet } from '../documents/bulk-get.ts'
import { documentRoute, postDocument } from '../documents/document-routes.ts'
import { localDocs } from '../documents/list-local.ts'
import { missingRevs, revsDiff } from '../documents/revisions.ts'
import { allDocs, designDocs } from '../queries/all-docs.ts'
import { designRoute } from '../queries/design-routes.ts'
import { explain, find, index } from '../queries/mango.ts'
import { databaseInfo } from '../server/database-info.ts'
import { databaseSettings } from '../server/database-settings.ts'
import { compact, ensureFullCommit, viewCleanup } from '../server/maintenance.ts'
import { purge, purgedInfos } from '../server/purge.ts'
import type { Compactor } from '../storage/compactor.ts'
import type { Registry } from '../storage/registry.ts'
import type { ClosedHandler, DatabaseHandler } from './database-request.ts'
import { methodNotAllowed, notFound, Refusal } from './refusal.ts'

/** The handlers inside a database: `closed` by first segment, the others by the whole path, which may be empty. */
export function databaseRoutes(registry: Registry, compactor: Compactor) {
  const { security, revsLimit } = databaseSettings(registry)
  const special = new Map<string, DatabaseHandler>(
    Object.entries({
      _all_docs: allDocs,
      _design_docs: designDocs,
      _local_docs: localDocs,
      _bulk_docs: bulkDocs,
      _bulk_get: bulkGet,
      _revs_diff: revsDiff,
      _missing_revs: missingRevs,
      _find: find,
      _explain: explain,
      _index: index,
      _compact: compact(compactor),
      _view_cleanup: viewCleanup,
      _ensure_full_commit: ensureFullCommit,
      _temp_view: () => {
        throw new Refusal(410, 'gone', 'Temporary views are not supported in CouchDB')
      },
    }),
  )
  const closed = new Map<string, ClosedHandler>(
    Object.entries({
      _changes: changesRoute,
      _security: security,
      _revs_limit: revsLimit,
      _purge: purge(registry),
      _purged_infos_limit: purgedInfos,
    }),
  )

  function of(path: readonly string[]): DatabaseHandler {
    const [first, second] = path
    if (first === undefined) return databaseRoot
    const route = special.get(first)
    if (route) return route
    if (first.startsWith('_design/') && second?.startsWith('_')) return designRoute
    if (first.startsWith('_') && !/^_(design|local)\//.test(first)) throw notFound()
    return second === undefined ? documentRoute : attachmentRoute
  }
  return { closed, of }
}

const databaseRoot: DatabaseHandler = async (request) => {
  const { method, database, store } = request
  if (method === 'GET' || method === 'HEAD') return await databaseInfo(database, store)
  if (method === 'POST') return await postDocument(request)
  throw methodNotAllowed('DELETE', 'GET', 'HEAD', 'POST')
}
