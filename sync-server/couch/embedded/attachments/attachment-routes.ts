import { written } from '../documents/document-routes.ts'
import {
  attachmentBytes,
  checkAttachmentName,
  type IncomingDoc,
  parseId,
  parseRev,
} from '../documents/parse-document.ts'
import { writeDocument } from '../documents/write-documents.ts'
import { bytesOf } from '../routing/bytes-of.ts'
import { type DatabaseHandler, type DatabaseRequest, namedRev } from '../routing/database-request.ts'
import { badRequest, conflict, methodNotAllowed, notFound, Refusal } from '../routing/refusal.ts'
import { readBytes } from '../routing/request-body.ts'
import type { Attachment, StoredDoc } from '../storage/open-store.ts'
import { byteRange } from './byte-range.ts'

const methods = { GET: read, HEAD: read, PUT: put, DELETE: remove }
type Target = { id: string; name: string }

/** /db/<document>/<attachment>, whose name may contain slashes. */
export const attachmentRoute: DatabaseHandler = (request) => {
  if (request.path[0]?.startsWith('_local/')) throw badRequest('_local documents do not accept attachments.')
  const target = { id: parseId(request.path[0]), name: request.path.slice(1).join('/') }
  if (!Object.hasOwn(methods, request.method)) throw methodNotAllowed('DELETE', 'GET', 'HEAD', 'PUT')
  return methods[request.method as keyof typeof methods](request, target)
}

async function read(request: DatabaseRequest, { id, name }: Target): Promise<Response> {
  const { store, query, headers, method } = request
  const rev = query.get('rev')
  const options = rev === null ? {} : { rev: parseRev(rev) }
  const doc = await store.get(id, options)
  const attachment = attachmentOf(doc, name)
  if (!attachment) throw notFound('Document is missing attachment')
  const etag = `"${attachment.digest.replace(/^md5-/, '')}"`
  if (headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } })
  const described = {
    etag,
    'content-type': attachment.content_type,
    'accept-ranges': 'bytes',
    'cache-control': 'must-revalidate',
    // Bytes from phones must not run as a page of this origin.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  }
  if (method === 'HEAD')
    return new Response(null, { headers: { ...described, 'content-length': `${attachment.length}` } })
  const bytes = await store.getAttachment(id, name, { ...options, rev: doc._rev })
  // PouchDB gives nothing for bytes that a compaction took between its two reads.
  if (bytes.length !== attachment.length) throw notFound('Document is missing attachment')
  const range = byteRange(headers.get('range'), bytes.length)
  if (range === 'unsatisfiable') {
    throw new Refusal(416, 'requested_range_not_satisfiable', 'Requested range not satisfiable')
  }
  if (!range) return bytesAnswer(bytes, 200, described)
  const { first, last } = range
  const contentRange = { 'content-range': `bytes ${first}-${last}/${bytes.length}` }
  return bytesAnswer(bytes.subarray(first, last + 1), 206, { ...described, ...contentRange })
}

function bytesAnswer(bytes: Buffer, status: number, headers: Record<string, string>): Response {
  return new Response(bytesOf(bytes), { status, headers: { ...headers, 'content-length': String(bytes.length) } })
}

const attachmentOf = ({ _attachments }: StoredDoc, name: string): Attachment | undefined =>
  _attachments && Object.hasOwn(_attachments, name) ? _attachments[name] : undefined

async function put(request: DatabaseRequest, { id, name }: Target): Promise<Response> {
  checkAttachmentName(name)
  const type = request.headers.get('content-type') ?? 'application/octet-stream'
  const bytes = await readBytes(request.raw)
  const doc = await base(request, id)
  const added = { [name]: { content_type: type, data: attachmentBytes(bytes) } }
  const result = await writeDocument(request, { ...doc, _attachments: { ...doc._attachments, ...added } })
  return written(request, result, 201)
}

async function remove(request: DatabaseRequest, { id, name }: Target): Promise<Response> {
  const doc = await base(request, id)
  if (!doc._rev) throw notFound()
  const { [name]: gone, ...kept } = doc._attachments ?? {}
  if (!gone) throw notFound('Document is missing attachment')
  return written(request, await writeDocument(request, { ...doc, _attachments: kept }), 200)
}

/** The revision that the caller names, or an empty document when there is none and none is named. */
async function base(request: DatabaseRequest, id: string): Promise<IncomingDoc> {
  const rev = namedRev(request)
  const current = await request.store.get(id, rev === undefined ? {} : { rev: parseRev(rev) }).catch(absent)
  if (!current) {
    if (rev !== undefined) throw conflict()
    return { _id: id }
  }
  if (rev === undefined) throw conflict()
  const stubs = Object.entries(current._attachments ?? {}).map(([name, attachment]) => [
    name,
    { ...attachment, stub: true },
  ])
  const { _attachments, ...body } = current
  return stubs.length > 0 ? { ...body, _attachments: Object.fromEntries(stubs) } : body
}

function absent(error: { status?: number }): undefined {
  if (error.status !== 404) throw error
}
