import { randomUUID } from 'node:crypto'
import { bytesOf } from '../routing/bytes-of.ts'
import type { StoredDoc } from '../storage/open-store.ts'

/** One part of a mixed answer: a document with its attachments as bytes, or what is said instead. */
export type MixedPart = { doc: StoredDoc } | { error: object }

const newBoundary = () => randomUUID().replaceAll('-', '')

/** A document as multipart/related: its JSON, then the attachments in the order in which the JSON names them. */
export function multipartRelated(doc: StoredDoc, headers: Record<string, string>): Response {
  const { type, chunks } = related(doc)
  return answer(type, chunks, headers)
}

/** Several documents as multipart/mixed; those with attachments are multipart/related inside. */
export function multipartMixed(parts: readonly MixedPart[]): Response {
  const boundary = newBoundary()
  const chunks: Buffer[] = []
  const text = (line: string) => chunks.push(Buffer.from(line))
  for (const part of parts) {
    text(`--${boundary}\r\n`)
    if ('error' in part) {
      text(`Content-Type: application/json; error="true"\r\n\r\n${JSON.stringify(part.error)}\r\n`)
      continue
    }
    text(`X-Doc-Id: ${headerSafe(part.doc._id)}\r\nX-Rev-Id: ${headerSafe(part.doc._rev)}\r\n`)
    if (part.doc._attachments) {
      const inner = related(part.doc)
      text(`Content-Type: ${inner.type}\r\n\r\n`)
      chunks.push(...inner.chunks)
      text('\r\n')
    } else text(`Content-Type: application/json\r\n\r\n${JSON.stringify(part.doc)}\r\n`)
  }
  text(`--${boundary}--`)
  return answer(`multipart/mixed; boundary="${boundary}"`, chunks, {})
}

function related(doc: StoredDoc): { type: string; chunks: Buffer[] } {
  const boundary = newBoundary()
  const attachments = Object.entries(doc._attachments ?? {}).map(([name, { data, ...rest }]) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0)
    return { name, bytes, rest: { ...rest, length: bytes.length, follows: true } }
  })
  const json = { ...doc, _attachments: Object.fromEntries(attachments.map(({ name, rest }) => [name, rest])) }
  const chunks: Buffer[] = [
    Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(json)}\r\n--${boundary}`),
  ]
  for (const { name, bytes, rest } of attachments) {
    const disposition = `Content-Disposition: attachment; filename="${headerSafe(name)}"`
    const type = `Content-Type: ${headerSafe(rest.content_type)}`
    chunks.push(Buffer.from(`\r\n${disposition}\r\n${type}\r\nContent-Length: ${bytes.length}\r\n\r\n`))
    chunks.push(bytes, Buffer.from(`\r\n--${boundary}`))
  }
  chunks.push(Buffer.from('--'))
  return { type: `multipart/related; boundary="${boundary}"`, chunks }
}

/** Names and types come from clients: a line break or quote in one must not become another header. */
const headerSafe = (text: string) => text.replaceAll(/[\r\n"\0]/g, '_')

function answer(type: string, chunks: Buffer[], headers: Record<string, string>): Response {
  const body = bytesOf(Buffer.concat(chunks.map(bytesOf)))
  return new Response(body, { headers: { 'content-type': type, 'content-length': String(body.length), ...headers } })
}
