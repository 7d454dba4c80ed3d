/**
 * A client of the CouchDB HTTP API, the same for the embedded server and for a real one.
 * https://docs.couchdb.org/en/stable/api/index.html
 */
export type CouchDoc = {
  _id: string
  _rev?: string | undefined
  _deleted?: boolean
  _conflicts?: string[]
  [field: string]: unknown
}
export type Stored = CouchDoc & { _rev: string }
export type BulkRow = { id: string; ok?: true; rev?: string; error?: string; reason?: string }
export type Change = { seq: string | number; id: string; changes: { rev: string }[]; deleted?: true; doc?: Stored }
export type Changes = { results: Change[]; last_seq: string | number; pending?: number }
export type ChangesQuery = {
  since?: string | number
  limit?: number
  includeDocs?: boolean
  conflicts?: boolean
  style?: 'all_docs' | 'main_only'
  /** Waits up to this long for a first change; absent: answers at once. */
  waitMs?: number
  signal?: AbortSignal
}
export type AllDocsQuery = {
  startkey?: string
  endkey?: string
  keys?: readonly string[]
  includeDocs?: boolean
  conflicts?: boolean
  descending?: boolean
  limit?: number
}
export type Row = { id: string; rev: string; deleted: boolean; doc: Stored | null }

/** An answer of CouchDB that is none of those the caller expects; `error` and `reason` as CouchDB words them. */
export class CouchError extends Error {
  readonly status: number
  readonly error: string
  readonly reason: string
  constructor(status: number, error: string, reason: string) {
    super(`CouchDB answered ${status} ${error}: ${reason}`)
    this.name = 'CouchError'
    this.status = status
    this.error = error
    this.reason = reason
  }
}

/** A server and the right to talk to it: `authorization` is the whole header, Basic or Bearer. */
export type Couch = {
  url: string
  authorization: string
  /** Raw request; the path starts with `/`. */
  request(path: string, init?: RequestInit): Promise<Response>
  json(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<unknown>
  database(name: string): Database
  /** True when it was made, false when it was there. */
  create(name: string): Promise<boolean>
  drop(name: string): Promise<boolean>
  exists(name: string): Promise<boolean>
  names(): Promise<string[]>
}

export type Database = {
  name: string
  get(id: string, options?: { rev?: string; conflicts?: boolean }): Promise<Stored | null>
  /** The new revision, or null on a conflict. */
  put(doc: CouchDoc): Promise<string | null>
  bulk(docs: readonly CouchDoc[], options?: { newEdits?: boolean }): Promise<BulkRow[]>
  all(query?: AllDocsQuery): Promise<Row[]>
  changes(query?: ChangesQuery): Promise<Changes>
  attachment(id: string, name: string): Promise<Uint8Array | null>
  find(query: { selector: object; limit?: number; sort?: unknown[]; fields?: string[] }): Promise<CouchDoc[]>
  info(): Promise<{ update_seq: string | number; doc_count: number; doc_del_count: number }>
}

export const basicAuthorization = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/**
 * `url` may carry user and password, which become the Authorization header and leave the URL. `send` may answer without
 * a socket.
 */
export function connectCouch(url: string, authorization?: string, send: typeof fetch = fetch): Couch {
  const parsed = new URL(url)
  const credentials = parsed.username
    ? basicAuthorization(decodeURIComponent(parsed.username), decodeURIComponent(parsed.password))
    : ''
  parsed.username = ''
  parsed.password = ''
  const base = parsed.href.replace(/\/$/, '')
  const header = authorization ?? credentials

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (header && !headers.has('authorization')) headers.set('authorization', header)
    return await send(base + path, { ...init, headers })
  }

  async function json(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
    const init: RequestInit = { method, headers: { accept: 'application/json' } }
    if (signal) init.signal = signal
    if (body !== undefined) {
      init.body = JSON.stringify(body)
      init.headers = { accept: 'application/json', 'content-type': 'application/json' }
    }
    const response = await request(path, init)
    if (!response.ok) throw await couchError(response)
    return await response.json()
  }

  const couch: Couch = {
    url: base,
    authorization: header,
    request,
    json,
    database: (name) => openDatabase(couch, name),
    create: (name) => json('PUT', `/${encodeURIComponent(name)}?q=1`).then(() => true, unless(412, false)),
    drop: (name) => json('DELETE', `/${encodeURIComponent(name)}`).then(() => true, unless(404, false)),
    exists: (name) => json('GET', `/${encodeURIComponent(name)}`).then(() => true, unless(404, false)),
    names: async () => (await json('GET', '/_all_dbs')) as string[],
  }
  return couch
}

async function couchError(response: Response): Promise<CouchError> {
  const text = await response.text()
  try {
    const body = JSON.parse(text) as { error?: string; reason?: string }
    return new CouchError(response.status, body.error ?? 'unknown_error', body.reason ?? '')
  } catch {
    return new CouchError(response.status, 'unknown_error', text.slice(0, 200))
  }
}

/** A handler for `catch` that turns one status into a value and lets every other error through. */
function unless<T>(status: number, value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof CouchError && error.status === status) return value
    throw error
  }
}

const documentPath = (id: string) =>
  id.startsWith('_design/') || id.startsWith('_local/')
    ? `${id.slice(0, id.indexOf('/') + 1)}${encodeURIComponent(id.slice(id.indexOf('/') + 1))}`
    : encodeURIComponent(id)

function openDatabase(couch: Couch, name: string): Database {
  const root = `/${encodeURIComponent(name)}`
  return {
    name,
    async get(id, options = {}) {
      const query = new URLSearchParams()
      if (options.rev) query.set('rev', options.rev)
      if (options.conflicts) query.set('conflicts', 'true')
      const path = `${root}/${documentPath(id)}${query.size ? `?${query}` : ''}`
      return (await couch.json('GET', path).catch(unless(404, null))) as Stored | null
    },
    async put(doc) {
      const answer = await couch.json('PUT', `${root}/${documentPath(doc._id)}`, doc).catch(unless(409, null))
      return answer === null ? null : (answer as { rev: string }).rev
    },
    async bulk(docs, options = {}) {
      if (docs.length === 0) return []
      const body = options.newEdits === false ? { docs, new_edits: false } : { docs }
      return (await couch.json('POST', `${root}/_bulk_docs`, body)) as BulkRow[]
    },
    async all(query = {}) {
      const parameters = new URLSearchParams()
      if (query.startkey !== undefined) parameters.set('startkey', JSON.stringify(query.startkey))
      if (query.endkey !== undefined) parameters.set('endkey', JSON.stringify(query.endkey))
      if (query.includeDocs) parameters.set('include_docs', 'true')
      if (query.conflicts) parameters.set('conflicts', 'true')
      if (query.descending) parameters.set('descending', 'true')
      if (query.limit !== undefined) parameters.set('limit', String(query.limit))
      const path = `${root}/_all_docs?${parameters}`
      const answer = (await (query.keys
        ? couch.json('POST', path, { keys: query.keys })
        : couch.json('GET', path))) as { rows: RawRow[] }
      return answer.rows.flatMap((row) => (row.error || !row.value ? [] : [toRow(row, row.value)]))
    },
    async changes(query = {}) {
      const parameters = new URLSearchParams({ since: String(query.since ?? 0) })
      if (query.limit !== undefined) parameters.set('limit', String(query.limit))
      if (query.includeDocs) parameters.set('include_docs', 'true')
      if (query.conflicts) parameters.set('conflicts', 'true')
      if (query.style) parameters.set('style', query.style)
      if (query.waitMs !== undefined) {
        parameters.set('feed', 'longpoll')
        parameters.set('timeout', String(query.waitMs))
      }
      return (await couch.json('GET', `${root}/_changes?${parameters}`, undefined, query.signal)) as Changes
    },
    async attachment(id, attachmentName) {
      const response = await couch.request(`${root}/${documentPath(id)}/${encodeURIComponent(attachmentName)}`)
      if (response.status === 404) return null
      if (!response.ok) throw await couchError(response)
      return new Uint8Array(await response.arrayBuffer())
    },
    async find(query) {
      const answer = (await couch.json('POST', `${root}/_find`, { limit: 10_000, ...query })) as { docs: CouchDoc[] }
      return answer.docs
    },
    async info() {
      return (await couch.json('GET', root)) as Awaited<ReturnType<Database['info']>>
    },
  }
}

type RawRow = { id: string; error?: string; value?: { rev: string; deleted?: boolean } | null; doc?: Stored | null }
const toRow = (row: RawRow, value: { rev: string; deleted?: boolean }): Row => ({
  id: row.id,
  rev: value.rev,
  deleted: value.deleted === true,
  doc: row.doc ?? null,
})
