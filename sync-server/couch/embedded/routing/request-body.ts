import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { bytesOf } from './bytes-of.ts'
import { badRequest, Refusal } from './refusal.ts'

const unzip = promisify(gunzip)

/** CouchDB's `max_http_request_size`; a gzipped body is counted unpacked, so that a small one cannot fill the memory. */
const maxBodyBytes = 64 * 1024 * 1024
const tooLarge = () => new Refusal(413, 'too_large', 'the request entity is too large')

/** The whole body, unpacked. */
export async function readBytes(request: Request): Promise<Buffer> {
  const packed = await wholeBody(request)
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (encoding === 'identity' || packed.length === 0) return packed
  if (encoding !== 'gzip') throw new Refusal(415, 'bad_ctype', `${encoding} is not a supported content encoding.`)
  try {
    return await unzip(bytesOf(packed), { maxOutputLength: maxBodyBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw badRequest('The body is not valid gzip.')
  }
}

async function wholeBody(request: Request): Promise<Buffer> {
  const announced = request.headers.get('content-length')
  if (Number(announced) > maxBodyBytes) throw tooLarge()
  // Node holds a client to the length it announced; without one, every chunk is counted.
  if (announced !== null) return Buffer.from(await request.arrayBuffer())
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The body as JSON; an absent one is `undefined`. */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request)
  if (bytes.length === 0) return undefined
  return parseJson(bytes.toString('utf8'))
}

export function requireJsonType(headers: Headers): void {
  const type = headers.get('content-type')
  if (type !== null && !/^application\/json\b/i.test(type)) {
    throw new Refusal(415, 'bad_content_type', 'Content-Type must be application/json')
  }
}

/** The body as a JSON object; CouchDB's words for anything else. */
export async function readObject(request: Request): Promise<Record<string, unknown>> {
  requireJsonType(request.headers)
  const body = await readJson(request)
  if (!isObject(body)) throw badRequest('Request body must be a JSON object')
  return body
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('invalid UTF-8 JSON')
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
