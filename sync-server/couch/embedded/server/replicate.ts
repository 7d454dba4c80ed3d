import { createHash, randomUUID } from 'node:crypto'
import HttpAdapter from 'pouchdb-adapter-http'
import PouchDB from 'pouchdb-core'
import Replication from 'pouchdb-replication'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed, notFound, Refusal, toRefusal } from '../routing/refusal.ts'
import { isObject, readObject } from '../routing/request-body.ts'
import type { ServerRequest } from './server-routes.ts'

type Endpoint = { url: string; headers: Record<string, string>; local: boolean }
type Result = {
  docs_read: number
  docs_written: number
  doc_write_failures: number
  last_seq: unknown
  start_time: Date
  end_time: Date
}
type Run = PromiseLike<Result> & { cancel(): void; catch(handle: (error: unknown) => void): unknown }
type Replicate = (source: object, target: object, options: object) => Run
type Remote = { info(): Promise<{ error?: string }>; close(): Promise<void> }
export type Replicator = ReturnType<typeof replicator>

PouchDB.plugin(HttpAdapter).plugin(Replication)

/** Answers requests to names of this server without a socket; nothing listens under this name. */
const localOrigin = 'http://embedded.invalid'

/** POST /_replicate by PouchDB's replicator: between any two of this server's databases and others over HTTP. */
export function replicator(self: (request: Request) => Promise<Response> | Response) {
  const continuous = new Map<string, { run: Run; source: string; target: string }>()

  function open({ url, headers, local }: Endpoint): Remote {
    const fetchAs = async (address: string | Request, init: RequestInit = {}) => {
      const merged = new Headers(init.headers)
      for (const [name, value] of Object.entries(headers)) merged.set(name, value)
      const request = new Request(address, { ...init, headers: merged })
      return withBuffer(await (local ? self(request) : fetch(request)))
    }
    return new PouchDB(url, {
      skip_setup: true,
      fetch: fetchAs,
    } as PouchDB.Configuration.DatabaseConfiguration) as never
  }

  async function ensure(endpoint: Endpoint, create: boolean): Promise<void> {
    const request = new Request(endpoint.url, { method: create ? 'PUT' : 'GET', headers: endpoint.headers })
    const answer = endpoint.local ? await self(request) : await fetch(request).catch(unreachable(endpoint))
    if (answer.ok || (create && answer.status === 412)) return
    throw answer.status === 404
      ? notFound(`could not open ${shown(endpoint)}`)
      : new Refusal(answer.status === 401 ? 401 : 500, 'replication_error', `could not open ${shown(endpoint)}`)
  }

  return {
    tasks: () =>
      [...continuous].map(([id, { source, target }]) => ({
        type: 'replication',
        replication_id: id,
        source,
        target,
        continuous: true,
      })),
    stop(): void {
      for (const { run } of continuous.values()) run.cancel()
      continuous.clear()
    },
    async answer({ raw }: ServerRequest): Promise<Response> {
      if (raw.method !== 'POST') throw methodNotAllowed('POST')
      const body = await readObject(raw)
      const authorization = raw.headers.get('authorization')
      const source = parseEndpoint(body.source, 'source', authorization)
      const target = parseEndpoint(body.target, 'target', authorization)
      const id = createHash('md5')
        .update(JSON.stringify([source.url, target.url, body.filter, body.selector, body.doc_ids]))
        .digest('hex')
      if (body.cancel === true) return cancel(typeof body.replication_id === 'string' ? body.replication_id : id)
      await ensure(source, false)
      await ensure(target, body.create_target === true)
      return await begin(id, source, target, body)
    },
  }

  function cancel(id: string): Response {
    const found = continuous.get(id)
    if (!found) throw notFound('unknown replication')
    found.run.cancel()
    continuous.delete(id)
    return jsonAnswer({ ok: true, _local_id: id })
  }

  async function begin(
    id: string,
    source: Endpoint,
    target: Endpoint,
    body: Record<string, unknown>,
  ): Promise<Response> {
    const live = body.continuous === true
    if (live && continuous.has(id)) return jsonAnswer({ ok: true, _local_id: id }, 202)
    const ends = [open(source), open(target)] as const
    const { replicate } = PouchDB as unknown as { replicate: Replicate }
    const run = replicate(ends[0], ends[1], { live, retry: live, ...narrowing(body) })
    const release = () => Promise.allSettled(ends.map((end) => end.close()))
    if (live) {
      continuous.set(id, { run, source: shown(source), target: shown(target) })
      const finish = () => {
        continuous.delete(id)
        void release()
      }
      // A broken replication ends; it is no longer among the active tasks.
      run.then(finish, finish)
      return jsonAnswer({ ok: true, _local_id: id }, 202)
    }
    try {
      return jsonAnswer(report(await run))
    } catch (error) {
      const { reason } = toRefusal(error)
      throw new Refusal(500, 'replication_error', reason)
    } finally {
      await release()
    }
  }
}

/** PouchDB expects node-fetch on Node, whose responses give a Buffer; without it attachments become `[object Blob]`. */
const withBuffer = (response: Response): Response =>
  Object.assign(response, { buffer: async () => Buffer.from(await response.arrayBuffer()) })

function parseEndpoint(value: unknown, name: string, authorization: string | null): Endpoint {
  const given = isObject(value) ? value : { url: value }
  if (typeof given.url !== 'string') throw badRequest(`\`${name}\` must be a database.`)
  const own = authorization === null ? {} : { authorization }
  if (!/^https?:\/\//.test(given.url)) {
    return { url: `${localOrigin}/${encodeURIComponent(decodeURIComponent(given.url))}`, headers: own, local: true }
  }
  const url = parseUrl(given.url)
  const headers: Record<string, string> = {}
  const basic = isObject(given.auth) && isObject(given.auth.basic) ? given.auth.basic : undefined
  const user = basic ? String(basic.username) : decodeURIComponent(url.username)
  const password = basic ? String(basic.password) : decodeURIComponent(url.password)
  if (user !== '') headers.authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  if (isObject(given.headers)) {
    for (const [header, text] of Object.entries(given.headers)) headers[header.toLowerCase()] = String(text)
  }
  url.username = ''
  url.password = ''
  return { url: url.href.replace(/\/$/, ''), headers, local: false }
}

function parseUrl(text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw badRequest(`Invalid database URL: ${text}`)
  }
}

const unreachable =
  (endpoint: Endpoint) =>
  (error: unknown): never => {
    throw new Refusal(500, 'replication_error', `could not reach ${shown(endpoint)}: ${String(error)}`)
  }
const shown = ({ url, local }: Endpoint) => (local ? decodeURIComponent(url.slice(localOrigin.length + 1)) : `${url}/`)

function narrowing(body: Record<string, unknown>): object {
  return {
    ...(Array.isArray(body.doc_ids) ? { doc_ids: body.doc_ids } : {}),
    ...(isObject(body.selector) ? { selector: body.selector } : {}),
    ...(typeof body.filter === 'string' ? { filter: body.filter } : {}),
    ...(isObject(body.query_params) ? { query_params: body.query_params } : {}),
    ...(body.since_seq === undefined ? {} : { since: body.since_seq }),
  }
}

function report(result: Result): object {
  const { docs_read, docs_written, doc_write_failures, last_seq, start_time, end_time } = result
  const session = randomUUID().replaceAll('-', '')
  const history = {
    session_id: session,
    docs_read,
    docs_written,
    doc_write_failures,
    start_time,
    end_time,
    recorded_seq: last_seq,
  }
  return { ok: true, session_id: session, source_last_seq: last_seq, replication_id_version: 4, history: [history] }
}
