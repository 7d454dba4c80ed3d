import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { fileNameOf, keySegmentOf } from './file-name.ts'
import type { Storage } from './storage.ts'
import type { S3Place } from './storage-place.ts'

const partBytes = 5 * 1_048_576
const partsAtOnce = 2

/**
 * Storage in a bucket of any S3 server. Keys are written as the folder writes them, so that no server meets a `..` or
 * takes two keys for one. Long files go in parts, of which at most two are in memory.
 */
export function s3Storage(place: S3Place): Storage {
  const client = connect(place)
  const { bucket: Bucket, prefix } = place
  const root = prefix === '' ? '' : `${prefix}/`
  const at = (key: string) => ({ Bucket, Key: root + key.split('/').map(fileNameOf).join('/') })
  const keyOf = (name: string) => name.slice(root.length).split('/').map(keySegmentOf).join('/')

  const size: Storage['size'] = async (key) => {
    const found = await client.send(new HeadObjectCommand(at(key))).catch(nullWhenAbsent)
    return found ? (found.ContentLength ?? 0) : null
  }
  const read = async (key: string, range?: string) =>
    await client.send(new GetObjectCommand({ ...at(key), ...(range && { Range: range }) })).catch(nullWhenAbsent)

  return {
    async put(key, bytes, contentType) {
      await client.send(new PutObjectCommand({ ...at(key), Body: bytes, ...typed(contentType) }))
    },
    async putStream(key, chunks, contentType) {
      let written = 0
      let broken: { error: unknown } | undefined
      async function* counted() {
        try {
          for await (const chunk of chunks) {
            written += chunk.length
            yield chunk
          }
        } catch (error) {
          broken = { error }
          throw error
        }
      }
      const params = { ...at(key), Body: Readable.from(counted(), { objectMode: false }), ...typed(contentType) }
      // A part that fails ends the whole, and what was sent of it is taken back.
      const upload = new Upload({ client, params, partSize: partBytes, queueSize: partsAtOnce })
      await upload.done().catch((error) => {
        // A server that cannot take parts back has something to say of its own, which is not why it ended.
        throw broken ? broken.error : error
      })
      return written
    },
    async get(key) {
      const found = await read(key)
      return found?.Body ? await found.Body.transformToByteArray() : null
    },
    async stream(key, range) {
      const found = await read(key, range && `bytes=${range.from}-${range.to}`)
      if (!found?.Body) return null
      // One that does not know ranges answers the whole.
      if (range && found.ContentLength !== range.to - range.from + 1)
        throw new Error('the range of an S3 object is wrong')
      return { body: found.Body.transformToWebStream(), bytes: found.ContentLength ?? 0 }
    },
    has: async (key) => (await size(key)) !== null,
    size,
    async delete(key) {
      // A deletion answers the same whether there was something or not.
      if ((await size(key)) === null) return false
      await client.send(new DeleteObjectCommand(at(key)))
      return true
    },
    async list(folder) {
      const names = folder.split('/').slice(0, -1).map(fileNameOf)
      const Prefix = root + names.map((name) => `${name}/`).join('')
      const keys: string[] = []
      let ContinuationToken: string | undefined
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix, ...(ContinuationToken && { ContinuationToken }) }),
        )
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [keyOf(Key)])))
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined
      } while (ContinuationToken !== undefined)
      return keys.sort()
    },
    async check() {
      await client.send(new HeadBucketCommand({ Bucket }))
    },
  }
}

const typed = (contentType: string | undefined) => (contentType === undefined ? {} : { ContentType: contentType })

/** The checksum is `Content-MD5`, which every S3 server has checked from the first day; newer ones only some know. */
function connect({ endpoint, region, credentials }: S3Place): S3Client {
  const client = new S3Client({
    region,
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      ...(credentials.sessionToken && { sessionToken: credentials.sessionToken }),
    },
    forcePathStyle: true,
    maxAttempts: 4,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5000, requestTimeout: 60_000 },
    ...(endpoint && { endpoint }),
  })
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { method?: string; body?: unknown; headers?: Record<string, string> }
      if (request.method === 'PUT' && request.headers && request.body instanceof Uint8Array)
        request.headers['content-md5'] = createHash('md5').update(request.body).digest('base64')
      return await next(args)
    },
    { step: 'build', name: 'contentMd5' },
  )
  return client
}

/** Only the key may be absent: a bucket that is not there says that something is wrong with all of them. */
function nullWhenAbsent(error: unknown): null {
  const { name } = error as { name?: string }
  if (name === 'NoSuchKey' || name === 'NotFound') return null
  throw error
}
