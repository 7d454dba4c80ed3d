import type { DatabaseHandler, DatabaseRequest } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed, notFound } from '../routing/refusal.ts'
import { isObject, readObject } from '../routing/request-body.ts'
import { queryOptions } from './query-options.ts'

/** /db/_design/<name>/_view/<view>, with /queries for several at once, and _info. */
export const designRoute: DatabaseHandler = async (request) => {
  const { method, path, query, raw } = request
  const [design = '', kind, view, extra] = path
  if (kind === '_info') {
    await request.store.get(design)
    return jsonAnswer({ name: design.slice('_design/'.length), view_index: { updater_running: false } })
  }
  if (kind !== '_view' || view === undefined) throw notFound()
  const name = `${design.slice('_design/'.length)}/${view}`
  if (extra === 'queries') {
    const { queries } = await readObject(raw)
    if (!Array.isArray(queries) || !queries.every(isObject)) throw badRequest('`queries` must be an array of objects.')
    const results = []
    for (const each of queries) results.push(await run(request, name, queryOptions(new URLSearchParams(), each)))
    return jsonAnswer({ results })
  }
  if (!['GET', 'HEAD', 'POST'].includes(method)) throw methodNotAllowed('GET', 'HEAD', 'POST')
  const body = method === 'POST' ? await readObject(raw) : {}
  return jsonAnswer(await run(request, name, queryOptions(query, body)))
}

/** PouchDB's views; what a power cut takes from an index, it builds again from the database. */
async function run({ store, database }: DatabaseRequest, name: string, options: Record<string, unknown>) {
  await database.durable()
  return await store.query(name, options)
}
