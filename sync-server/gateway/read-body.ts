import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createGunzip } from 'node:zlib'
import type { Context } from 'hono'
import type { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import { badFields } from './bad-fields.ts'

/**
 * The request's body, unpacked when gzipped. Both what comes in and what it unpacks to are counted while they flow, so
 * a small body that swells costs no more than `limitBytes` of memory.
 */
export async function readBody(request: Request, limitBytes: number): Promise<Buffer> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > limitBytes) throw new AppError('ZK-GATE-003', { figures: { bytes: declared, limitBytes } })
  if (!request.body) return Buffer.alloc(0)
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  const incoming = Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>)
  if (encoding === 'identity') return await collect(incoming, limitBytes)
  if (encoding !== 'gzip') throw new AppError('ZK-SYS-004', { figures: { encoding } })
  const unpacked = createGunzip()
  incoming.on('error', (error) => unpacked.destroy(error))
  incoming.pipe(unpacked)
  try {
    return await collect(unpacked, limitBytes)
  } finally {
    incoming.destroy()
  }
}

async function collect(stream: Readable, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream) {
      bytes += (chunk as Buffer).length
      if (bytes > limitBytes) throw new AppError('ZK-GATE-003', { figures: { limitBytes } })
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    stream.destroy()
    throw error instanceof AppError ? error : new AppError('ZK-SYS-004', { cause: error })
  }
  return Buffer.concat(chunks)
}

/** The body as JSON that passed the schema; 64 KB unless told otherwise. */
export async function readJson<T>(c: Context, schema: z.ZodType<T>, limitBytes = 65_536): Promise<T> {
  const given = parseJson(await readBody(c.req.raw, limitBytes))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new AppError('ZK-SYS-004', { figures: { fields: badFields(parsed.error, given) } })
}

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new AppError('ZK-SYS-004', { cause })
  }
}
