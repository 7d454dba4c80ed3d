import { gunzipSync } from 'node:zlib'
import { attachmentBytes, type IncomingDoc, parseDocument } from '../documents/parse-document.ts'
import { bytesOf } from '../routing/bytes-of.ts'
import { badRequest } from '../routing/refusal.ts'
import { parseJson } from '../routing/request-body.ts'

/** CouchDB's replicator sends compressible attachments gzipped; unpacked they may be this large. */
const maxAttachmentBytes = 256 * 1024 * 1024

/** Reads a multipart/related document: JSON first, then the bytes of the attachments that follow, in its order. */
export function parseRelated(body: Buffer, contentType: string): IncomingDoc {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const parts = splitParts(body, boundary?.[1] ?? boundary?.[2] ?? '')
  const [json, ...rest] = parts
  if (!json) throw badRequest('The multipart body has no part.')
  const doc = parseDocument(parseJson(json.toString('utf8')), json.length)
  const expected = Object.entries(doc._attachments ?? {}).filter(([, attachment]) => 'follows' in attachment)
  if (expected.length !== rest.length) throw badRequest('The attachments that follow are not those announced.')
  for (const [index, [name, attachment]] of expected.entries()) {
    if (!('follows' in attachment) || !doc._attachments) continue
    const { content_type, revpos, encoding } = attachment
    const bytes = rest[index] ?? Buffer.alloc(0)
    const data = attachmentBytes(encoding === 'gzip' ? unzip(bytes, name) : Buffer.from(bytes))
    doc._attachments[name] = { content_type, data, ...(revpos === undefined ? {} : { revpos }) }
  }
  return doc
}

function unzip(bytes: Buffer, name: string): Buffer {
  try {
    return gunzipSync(bytesOf(bytes), { maxOutputLength: maxAttachmentBytes })
  } catch {
    throw badRequest(`Invalid attachment data for ${name}`)
  }
}

/** Contents of the parts between the boundaries, without their headers. */
function splitParts(body: Buffer, boundary: string): Buffer[] {
  if (boundary === '') throw badRequest('multipart/related needs a boundary.')
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  // The first delimiter may stand at the very start, without its line break.
  const text = Buffer.concat([bytesOf(Buffer.from('\r\n')), bytesOf(body)])
  const parts: Buffer[] = []
  let start = text.indexOf(delimiter)
  while (start >= 0) {
    const content = start + delimiter.length
    if (text.subarray(content, content + 2).toString() === '--') return parts
    const end = text.indexOf(delimiter, content)
    if (end < 0) break
    parts.push(withoutHeaders(text.subarray(content, end)))
    start = end
  }
  throw badRequest('The multipart body ends too early.')
}

function withoutHeaders(part: Buffer): Buffer {
  const end = part.indexOf('\r\n\r\n')
  if (end < 0) throw badRequest('A part of the multipart body has no end of headers.')
  return part.subarray(end + 4)
}
