import { requireDatabaseAdmin } from '../access/security.ts'
import type { DatabaseHandler, DatabaseRequest, DatabaseRequest as Request } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed, notFound, Refusal } from '../routing/refusal.ts'
import { isObject, readObject } from '../routing/request-body.ts'
import { blameAsker } from './blame-asker.ts'
import { checkSelector } from './check-selector.ts'

const defaultLimit = 25
/** What CouchDB's `_find` takes and PouchDB's has no word for. */
const unknownToPouch = ['bookmark', 'execution_stats', 'r', 'update', 'stable', 'stale', 'conflicts', 'partition']

/** POST /db/_find */
export const find: DatabaseHandler = async (request) => {
  const asked = await readFind(request)
  const { docs, warning } = await blameAsker(() => request.store.find(asked))
  const bookmark = `s${asked.skip + docs.length}`
  return jsonAnswer({ docs, bookmark, ...(warning === undefined ? {} : { warning }) })
}

/** POST /db/_explain */
export const explain: DatabaseHandler = async (request) => {
  const asked = await readFind(request)
  return jsonAnswer(await blameAsker(() => request.store.explain(asked)))
}

/** Bookmarks are counts: a page continues where the one before ended. */
async function readFind({ method, raw }: Request) {
  if (method !== 'POST') throw methodNotAllowed('POST')
  const body = await readObject(raw)
  if (body.selector === undefined) throw new Refusal(400, 'missing_required_key', 'Missing required key: selector')
  if (!isObject(body.selector)) throw new Refusal(400, 'invalid_selector_json', 'Selector must be a JSON object')
  checkSelector(body.selector)
  const bookmark = /^s(\d{1,15})$/.exec(String(body.bookmark ?? ''))
  const asked = Object.entries(body).filter(([name]) => !unknownToPouch.includes(name))
  const limit = countOf(body.limit, 'limit') ?? defaultLimit
  const skip = (countOf(body.skip, 'skip') ?? 0) + Number(bookmark?.[1] ?? 0)
  return { ...Object.fromEntries(asked), limit, skip }
}

function countOf(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw new Refusal(400, `invalid_${name}_value`, `Value for ${name} is invalid, should be >= 0`)
  }
  return value as number
}

/** /db/_index and /db/_index/<design>/<type>/<name> */
export const index: DatabaseHandler = async (request) => {
  const { method, store, user, database, path, raw } = request
  if (method === 'GET') return jsonAnswer(await store.getIndexes())
  requireDatabaseAdmin(user, database.record.security)
  if (method === 'DELETE') return await removeIndex(request, path.slice(1))
  if (method !== 'POST') throw methodNotAllowed('GET', 'POST', 'DELETE')
  const body = await readObject(raw)
  if (!isObject(body.index)) throw new Refusal(400, 'missing_required_key', 'Missing required key: index')
  const { result, id, name } = await blameAsker(() => store.createIndex(body))
  noteDesignWrite(request)
  return jsonAnswer({ result, id: id ?? `_design/${String(body.ddoc)}`, name: name ?? body.name })
}

async function removeIndex(request: DatabaseRequest, parts: string[]): Promise<Response> {
  const [design, type, name] = parts
  if (design === undefined || type === undefined || name === undefined) throw badRequest('_index/<ddoc>/<type>/<name>')
  const ddoc = design.startsWith('_design/') ? design : `_design/${design}`
  const { indexes } = (await request.store.getIndexes()) as { indexes: { ddoc: string | null; name: string }[] }
  if (!indexes.some((each) => each.ddoc === ddoc && each.name === name)) throw notFound('Index not found')
  await blameAsker(() => request.store.deleteIndex({ ddoc, type, name }))
  noteDesignWrite(request)
  return jsonAnswer({ ok: true })
}

/** An index is a design document, which PouchDB writes past our own door. */
function noteDesignWrite({ database }: DatabaseRequest): void {
  database.designChanged()
  database.changed()
}
