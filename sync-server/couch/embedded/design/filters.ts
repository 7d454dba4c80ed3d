import { badRequest, notFound, toRefusal } from '../routing/refusal.ts'
import type { Database } from '../storage/database.ts'
import type { Store, StoredDoc } from '../storage/open-store.ts'
import { sandboxed } from './sandbox.ts'

/** Which of these documents a follower wants to hear of. */
export type ChangeFilter = (docs: readonly StoredDoc[]) => boolean[]

const timeoutMs = 1000
const builtIn = new Set(['_doc_ids', '_selector'])
const filterCaller = '(fn, { docs, request }) => docs.map((doc) => Boolean(fn(doc, request)))'
const viewCaller = `(fn, { docs }) => docs.map((doc) => {
  globalThis.emitted = false
  try { fn(doc) } catch { return false }
  return globalThis.emitted
})`
const viewSource = (map: string) =>
  `((emit) => (${map.trim().replace(/;$/, '')}\n))(() => { globalThis.emitted = true })`

/** The function behind `filter=`, compiled for this request; undefined when PouchDB filters or nobody does. */
export async function namedFilter(
  database: Database,
  query: URLSearchParams,
  raw: Request,
): Promise<ChangeFilter | undefined> {
  const name = query.get('filter')
  if (name === null || name === '' || builtIn.has(name)) return undefined
  if (name === '_design') return (docs) => docs.map((doc) => doc._id.startsWith('_design/'))
  const parameters = Object.fromEntries(query)
  const request = { query: parameters, method: raw.method, headers: Object.fromEntries(raw.headers) }
  return await database.use(async (store) => {
    if (name === '_view') {
      const source = await designFunction(store, query.get('view') ?? '', 'views')
      return runner(viewSource(source), viewCaller, request)
    }
    return runner(await designFunction(store, name, 'filters'), filterCaller, request)
  })
}

function runner(source: string, caller: string, request: object): ChangeFilter {
  const call = sandboxed(source, caller, timeoutMs)
  return (docs) => {
    try {
      return docs.length === 0 ? [] : (call({ docs, request }) as boolean[])
    } catch (error) {
      throw toRefusal(error)
    }
  }
}

async function designFunction(store: Store, name: string, kind: 'filters' | 'views'): Promise<string> {
  const [design, member, ...rest] = name.split('/')
  if (!design || !member || rest.length > 0) {
    const parameter = kind === 'views' ? '`view`' : '`filter`'
    throw badRequest(`${parameter} must be of the form \`designname/${kind === 'views' ? 'viewname' : 'filtername'}\``)
  }
  const doc = await store.get(`_design/${design}`)
  const functions = doc[kind]
  const found = typeof functions === 'object' && functions !== null && Object.hasOwn(functions, member)
  const value: unknown = found ? (functions as Record<string, unknown>)[member] : undefined
  const source = kind === 'views' ? (value as { map?: unknown } | undefined)?.map : value
  if (typeof source !== 'string') throw notFound(`missing json key: ${found ? 'map' : member}`)
  return source
}
