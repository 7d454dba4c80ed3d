import { parseRelated } from '../attachments/read-multipart.ts'
import { multipartMixed, multipartRelated } from '../attachments/write-multipart.ts'
import {
  type DatabaseHandler,
  type DatabaseRequest,
  flag,
  jsonParameter,
  namedRev,
} from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, conflict, methodNotAllowed, notFound } from '../routing/refusal.ts'
import { parseJson, readBytes } from '../routing/request-body.ts'
import type { StoredDoc } from '../storage/open-store.ts'
import { accepts, openRevisions } from './open-revisions.ts'
import { type IncomingDoc, parseDocument, parseId, parseRev } from './parse-document.ts'
import { writeDocument } from './write-documents.ts'

const methods = { GET: read, HEAD: read, PUT: put, DELETE: remove, COPY: copy }

/** /db/<document> with every method. */
export const documentRoute: DatabaseHandler = (request) => {
  const id = parseId(request.path[0])
  if (!Object.hasOwn(methods, request.method)) throw methodNotAllowed('DELETE', 'GET', 'HEAD', 'POST', 'PUT', 'COPY')
  return methods[request.method as keyof typeof methods](request, id)
}

/** POST /db: a document whose id the server may choose. */
export async function postDocument(request: DatabaseRequest): Promise<Response> {
  const bytes = await readBytes(request.raw)
  const doc = parseDocument(parseJson(bytes.toString('utf8')), bytes.length)
  return written(request, await writeDocument(request, doc), 201)
}

async function read(request: DatabaseRequest, id: string): Promise<Response> {
  const { query, headers, store } = request
  const meta = flag(query, 'meta')
  const revs = query.get('open_revs')
  if (revs !== null) return await readRevisions(request, id, revs)
  const rev = query.get('rev')
  const multipart = accepts(headers, 'multipart/related') && (flag(query, 'attachments') || query.has('atts_since'))
  const doc = await store.get(id, {
    revs: flag(query, 'revs'),
    revs_info: flag(query, 'revs_info') || meta,
    conflicts: flag(query, 'conflicts') || meta,
    latest: flag(query, 'latest'),
    attachments: flag(query, 'attachments') || multipart,
    binary: multipart,
    ...(rev === null ? {} : { rev: parseRev(rev) }),
  })
  const etag = `"${doc._rev}"`
  if (headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } })
  if (multipart && doc._attachments) return multipartRelated(doc, { etag })
  return jsonAnswer(doc, 200, { etag })
}

async function readRevisions({ query, headers, store }: DatabaseRequest, id: string, revs: string): Promise<Response> {
  const multipart = accepts(headers, 'multipart/mixed')
  const wanted = revs === 'all' ? 'all' : parseRevs(jsonParameter(query, 'open_revs'))
  const revisions = await openRevisions(store, id, wanted, {
    revs: flag(query, 'revs'),
    latest: flag(query, 'latest'),
    attachments: flag(query, 'attachments') || multipart,
    binary: multipart,
  })
  if (wanted === 'all' && revisions.length === 0) throw notFound()
  if (!multipart) return jsonAnswer(revisions)
  return multipartMixed(revisions.map((revision) => ('ok' in revision ? { doc: revision.ok } : { error: revision })))
}

function parseRevs(value: unknown): string[] {
  if (!Array.isArray(value)) throw badRequest('`open_revs` must be a JSON list of revisions or `all`.')
  return value.map(parseRev)
}

async function put(request: DatabaseRequest, id: string): Promise<Response> {
  const { headers, raw, query } = request
  const bytes = await readBytes(raw)
  const type = headers.get('content-type') ?? ''
  const doc = /^multipart\/related/i.test(type)
    ? parseRelated(bytes, type)
    : parseDocument(parseJson(bytes.toString('utf8')), bytes.length)
  if (doc._id !== undefined && doc._id !== id) throw badRequest('Document ID must match the one in the URL')
  doc._id = id
  const rev = namedRev(request)
  if (rev !== undefined) {
    if (doc._rev !== undefined && doc._rev !== rev) {
      throw badRequest('Document rev from request body and query string have different values')
    }
    doc._rev = parseRev(rev)
  }
  return written(request, await writeDocument(request, doc, query.get('new_edits') !== 'false'), 201)
}

async function remove(request: DatabaseRequest, id: string): Promise<Response> {
  const rev = namedRev(request)
  if (rev === undefined && !id.startsWith('_local/')) {
    await request.store.get(id)
    throw conflict()
  }
  const tombstone: IncomingDoc = { _id: id, _deleted: true, ...(rev === undefined ? {} : { _rev: parseRev(rev) }) }
  return written(request, await writeDocument(request, tombstone), 200)
}

async function copy(request: DatabaseRequest, id: string): Promise<Response> {
  const destination = request.headers.get('destination')
  if (destination === null) throw badRequest('Destination header is mandatory for COPY.')
  const [target = '', parameters = ''] = destination.split('?')
  const rev = request.query.get('rev')
  const source = await request.store.get(id, { attachments: true, binary: true, ...(rev === null ? {} : { rev }) })
  const targetRev = new URLSearchParams(parameters).get('rev')
  const doc = { ...withoutRevision(source), _id: parseId(decodeURIComponent(target)) }
  return written(request, await writeDocument(request, targetRev === null ? doc : { ...doc, _rev: targetRev }), 201)
}

function withoutRevision({ _rev, _attachments, ...body }: StoredDoc): IncomingDoc {
  if (!_attachments) return body
  const copies = Object.entries(_attachments).map(([name, { content_type, data }]) => [
    name,
    { content_type, data: data as Buffer },
  ])
  return { ...body, _attachments: Object.fromEntries(copies) }
}

/** The answer to a write: where it went and which revision it is. */
export function written(request: DatabaseRequest, { id, rev }: { id: string; rev: string }, status: number): Response {
  const { origin } = new URL(request.raw.url)
  const location = `${origin}/${encodeURIComponent(request.database.name)}/${encodeURIComponent(id)}`
  return jsonAnswer({ ok: true, id, rev }, status, { etag: `"${rev}"`, ...(status === 201 ? { location } : {}) })
}
