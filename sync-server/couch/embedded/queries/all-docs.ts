import { writeSequence } from '../changes/sequence.ts'
import type { DatabaseHandler, DatabaseRequest } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed } from '../routing/refusal.ts'
import { isObject, readObject } from '../routing/request-body.ts'
import { queryOptions } from './query-options.ts'

/** /db/_all_docs, and /db/_all_docs/queries for several at once. */
export const allDocs: DatabaseHandler = (request) => answer(request, {})

/** /db/_design_docs: the same among design documents. */
export const designDocs: DatabaseHandler = (request) => answer(request, { startkey: '_design/', endkey: '_design0' })

async function answer(request: DatabaseRequest, range: Record<string, unknown>): Promise<Response> {
  const { method, path, query, raw } = request
  if (path[1] === 'queries') {
    const { queries } = await readObject(raw)
    if (!Array.isArray(queries) || !queries.every(isObject)) throw badRequest('`queries` must be an array of objects.')
    const results = queries.map((each) => rows(request, { ...range, ...queryOptions(new URLSearchParams(), each) }))
    return jsonAnswer({ results: await Promise.all(results) })
  }
  if (!['GET', 'HEAD', 'POST'].includes(method)) throw methodNotAllowed('GET', 'HEAD', 'POST')
  const body = method === 'POST' ? await readObject(raw) : {}
  return jsonAnswer(await rows(request, { ...range, ...queryOptions(query, body) }))
}

async function rows({ store, database }: DatabaseRequest, options: Record<string, unknown>) {
  const found = await store.allDocs(withStringKeys(options))
  const { update_seq: seq } = found
  return seq === undefined ? found : { ...found, update_seq: writeSequence(database, seq) }
}

/** Ids are strings: an edge of another type lies before all of them, or after, as in CouchDB's order of JSON. */
function withStringKeys(options: Record<string, unknown>): Record<string, unknown> {
  const { startkey, endkey, key, ...rest } = options
  if (Array.isArray(rest.keys)) {
    if (!rest.keys.every((each) => typeof each === 'string')) throw badRequest('`keys` must be strings.')
    return rest
  }
  if (key !== undefined) return typeof key === 'string' ? { ...rest, key } : { ...rest, limit: 0 }
  const upper = rest.descending ? startkey : endkey
  const lower = rest.descending ? endkey : startkey
  const nothing = isBeforeStrings(upper) || isAfterStrings(lower)
  return {
    ...rest,
    ...(typeof startkey === 'string' ? { startkey } : {}),
    ...(typeof endkey === 'string' ? { endkey } : {}),
    ...(nothing ? { limit: 0 } : {}),
  }
}

const isAfterStrings = (value: unknown) => typeof value === 'object' && value !== null
const isBeforeStrings = (value: unknown) => value !== undefined && typeof value !== 'string' && !isAfterStrings(value)
