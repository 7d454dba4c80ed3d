import { badRequest, Refusal } from '../routing/refusal.ts'
import { isObject } from '../routing/request-body.ts'
import type { Revisions } from '../storage/open-store.ts'

/** An attachment as it comes in: its bytes, or a reference to those of the revision before. */
export type IncomingAttachment =
  | { content_type: string; data: Buffer; revpos?: number }
  | { content_type: string; stub: true; digest?: string; revpos?: number; length?: number }
  | { content_type: string; follows: true; length: number; encoding?: string; revpos?: number }

/** A document that PouchDB can take without surprises: every member that means something was checked. */
export type IncomingDoc = {
  _id?: string
  _rev?: string
  _deleted?: boolean
  _revisions?: Revisions
  _attachments?: Record<string, IncomingAttachment>
  [field: string]: unknown
}

/** CouchDB's `max_document_size`, without attachments. */
const maxDocumentBytes = 8_000_000
/** Members that CouchDB adds on request and ignores when they come back. */
const ignored = new Set(['_revs_info', '_local_seq', '_conflicts', '_deleted_conflicts'])
/** Members that CouchDB stores although they start with an underscore; PouchDB knows the replicator's only. */
const kept = new Set([
  '_replication_id',
  '_replication_state',
  '_replication_state_time',
  '_replication_state_reason',
  '_replication_stats',
])

const invalid = (reason: string) => new Refusal(400, 'doc_validation', reason)
const badMember = (name: string) => invalid(`Bad special document member: ${name}`)

/** Checks a document from outside; `bytes` is the size of the body it came in, an upper bound of its own. */
export function parseDocument(value: unknown, bytes: number): IncomingDoc {
  if (!isObject(value)) throw badRequest('Document must be a JSON object')
  const doc: IncomingDoc = {}
  const body: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    if (!name.startsWith('_') || kept.has(name)) body[name] = member
    else if (!ignored.has(name)) readMember(doc, name, member)
  }
  if (bytes > maxDocumentBytes && Buffer.byteLength(JSON.stringify(body)) > maxDocumentBytes) {
    throw new Refusal(413, 'document_too_large', doc._id ?? '')
  }
  return Object.assign(doc, body)
}

function readMember(doc: IncomingDoc, name: string, member: unknown): void {
  switch (name) {
    case '_id':
      doc._id = parseId(member)
      return
    case '_rev':
      doc._rev = parseRev(member)
      return
    case '_deleted':
      if (typeof member !== 'boolean') throw badMember(name)
      if (member) doc._deleted = true
      return
    case '_revisions':
      doc._revisions = parseRevisions(member)
      return
    case '_attachments':
      doc._attachments = parseAttachments(member)
      return
    default:
      throw badMember(name)
  }
}

const illegalId = (reason: string) => new Refusal(400, 'illegal_docid', reason)

export function parseId(id: unknown): string {
  if (typeof id !== 'string') throw illegalId('Document id must be a string')
  if (id === '') throw illegalId('Document id must not be empty')
  if (id === '_design/' || id === '_local/') throw illegalId(`Illegal document id \`${id}\``)
  if (id.startsWith('_') && !/^_(design|local)\//.test(id)) {
    throw illegalId('Only reserved document ids may start with underscore.')
  }
  if (!id.isWellFormed()) throw illegalId('Document id must be valid UTF-8')
  return id
}

export function parseRev(rev: unknown): string {
  if (typeof rev !== 'string' || !/^\d{1,15}-[^-]*$/.test(rev)) throw badRequest('Invalid rev format')
  return rev
}

function parseRevisions(value: unknown): Revisions {
  const { start, ids } = isObject(value) ? value : {}
  if (typeof start !== 'number' || !Number.isSafeInteger(start) || start < 0) {
    throw invalid("_revisions.start isn't an integer.")
  }
  if (!Array.isArray(ids)) throw invalid("_revisions.ids isn't a array.")
  for (const id of ids) if (typeof id !== 'string' || id === '') throw invalid("RevId isn't a string")
  return { start, ids }
}

function parseAttachments(value: unknown): Record<string, IncomingAttachment> {
  if (!isObject(value)) throw badMember('_attachments')
  const attachments: Record<string, IncomingAttachment> = Object.create(null)
  for (const [name, attachment] of Object.entries(value)) attachments[name] = parseAttachment(name, attachment)
  return { ...attachments }
}

function parseAttachment(name: string, value: unknown): IncomingAttachment {
  checkAttachmentName(name)
  if (!isObject(value)) throw badRequest(`Invalid attachment data for ${name}`)
  const type = typeof value.content_type === 'string' ? value.content_type : 'application/octet-stream'
  const revpos = Number.isSafeInteger(value.revpos) ? { revpos: value.revpos as number } : {}
  const length = Number.isSafeInteger(value.length) ? { length: value.length as number } : {}
  if (value.stub === true) {
    const digest = typeof value.digest === 'string' ? { digest: value.digest } : {}
    return { content_type: type, stub: true, ...digest, ...revpos, ...length }
  }
  if (value.follows === true) {
    const encoding = typeof value.encoding === 'string' ? { encoding: value.encoding } : {}
    return { content_type: type, follows: true, length: length.length ?? -1, ...encoding, ...revpos }
  }
  return { content_type: type, data: attachmentBytes(parseBase64(name, value.data)), ...revpos }
}

export function checkAttachmentName(name: string): void {
  if (name.startsWith('_')) throw badRequest(`Attachment name '${name}' starts with prohibited character '_'`)
  if (name === '' || !name.isWellFormed()) throw badRequest('Attachment name is not UTF-8 encoded')
}

function parseBase64(name: string, data: unknown): Buffer {
  const text = typeof data === 'string' ? data.replaceAll(/\s/g, '') : undefined
  if (text === undefined || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw badRequest(`Invalid attachment data for ${name}`)
  }
  return Buffer.from(text, 'base64')
}

/** PouchDB hashes a new revision from its JSON, where a Buffer would become a list of a million numbers. */
export function attachmentBytes(bytes: Buffer): Buffer {
  return Object.defineProperty(bytes, 'toJSON', { value: () => bytes.toString('latin1') })
}
