import { multipartMixed } from '../attachments/write-multipart.ts'
import { type DatabaseHandler, flag } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed, type Refusal, toRefusal } from '../routing/refusal.ts'
import { isObject, readObject } from '../routing/request-body.ts'
import { accepts, type OpenRevision, openRevisions } from './open-revisions.ts'
import { parseId, parseRev } from './parse-document.ts'

type Wanted = { id: string; rev: string | undefined; bad?: Refusal }

/** POST /db/_bulk_get, as JSON or as the nested multipart that CouchDB's replicator asks for. */
export const bulkGet: DatabaseHandler = async ({ method, raw, query, headers, store }) => {
  if (method !== 'POST') throw methodNotAllowed('POST')
  const { docs } = await readObject(raw)
  if (!Array.isArray(docs)) throw badRequest("Missing JSON list of 'docs'.")
  const multipart = accepts(headers, 'multipart/mixed') || accepts(headers, 'multipart/related')
  const options = {
    revs: flag(query, 'revs'),
    latest: flag(query, 'latest'),
    attachments: flag(query, 'attachments') || multipart,
    binary: multipart,
  }
  const rows = await Promise.all(
    docs.map(async (doc: unknown) => {
      const wanted = parseWanted(doc)
      const revs = wanted.rev === undefined ? 'all' : [wanted.rev]
      const unasked = wanted.bad !== undefined || wanted.id.startsWith('_local/')
      return { wanted, revisions: unasked ? [] : await openRevisions(store, wanted.id, revs, options) }
    }),
  )
  if (multipart) return multipartMixed(rows.flatMap(({ wanted, revisions }) => multipartRows(wanted, revisions)))
  return jsonAnswer({
    results: rows.map(({ wanted, revisions }) => ({ id: wanted.id, docs: jsonRows(wanted, revisions) })),
  })
}

function parseWanted(doc: unknown): Wanted {
  if (!isObject(doc) || typeof doc.id !== 'string') throw badRequest('Each of `docs` needs an `id`.')
  const { id, rev } = doc
  try {
    parseId(id)
    return { id, rev: rev === undefined ? undefined : parseRev(rev) }
  } catch (error) {
    return { id, rev: typeof rev === 'string' ? rev : undefined, bad: toRefusal(error) }
  }
}

/** One bad line does not spoil the others. */
const missing = ({ id, rev, bad }: Wanted) => ({
  id,
  rev: rev ?? 'undefined',
  error: bad?.error ?? 'not_found',
  reason: bad?.reason ?? 'missing',
})

function jsonRows(wanted: Wanted, revisions: OpenRevision[]) {
  if (revisions.length === 0) return [{ error: missing(wanted) }]
  return revisions.map((revision) =>
    'ok' in revision ? revision : { error: missing({ id: wanted.id, rev: revision.missing }) },
  )
}

function multipartRows(wanted: Wanted, revisions: OpenRevision[]) {
  if (revisions.length === 0) return [{ error: missing(wanted) }]
  return revisions.map((revision) =>
    'ok' in revision ? { doc: revision.ok } : { error: missing({ id: wanted.id, rev: revision.missing }) },
  )
}
