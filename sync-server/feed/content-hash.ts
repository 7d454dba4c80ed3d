import { hash } from 'node:crypto'
import type { CouchDoc } from '../couch/client.ts'

export type AttachmentBytes = Record<string, { contentType: string; bytes: Uint8Array }>

/**
 * The same for two documents exactly when they say the same: whatever the order of their fields, without revision, and
 * with attachments by CouchDB's own digest, so that bytes need not be read to be compared.
 */
export function contentHash(doc: object, attachments: Record<string, string> = {}): string {
  const { _rev, _attachments, _revisions, ...content } = doc as CouchDoc
  return hash('sha1', ordered(content) + ordered(attachments), 'base64')
}

/** Content type and digest of each attachment that is to be written. */
export function digests(attachments: AttachmentBytes | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attachments ?? {}).map(([name, { contentType, bytes }]) => [
      name,
      `${contentType} md5-${hash('md5', bytes, 'base64')}`,
    ]),
  )
}

/** Content type and digest of each attachment as CouchDB tells them of a stored document. */
export function storedDigests(doc: CouchDoc): Record<string, string> {
  const stubs = (doc._attachments ?? {}) as Record<string, { content_type: string; digest: string }>
  return Object.fromEntries(
    Object.entries(stubs).map(([name, { content_type, digest }]) => [name, `${content_type} ${digest}`]),
  )
}

function ordered(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(ordered).join()}]`
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${ordered(field)}`).join()}}`
}
