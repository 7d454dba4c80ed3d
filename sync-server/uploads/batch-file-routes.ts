import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { AppError } from '../../design-docs/errors.ts'
import { eventCode, sha256Hex, ulidText } from '../../design-docs/primitives.ts'
import { batchFileId, hashesAsked, hashesKnown, uploadLimitBytes, uploadRow } from '../../design-docs/uploads.ts'
import { readBody } from '../gateway/read-body.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { deskOf, readBatch } from './batches.ts'
import { takeFile, type Uploads } from './take-file.ts'

const ofBatch = z.object({ event: eventCode, batch: ulidText })
const ofFile = ofBatch.extend({ sha256: sha256Hex })
const tags = ['uploads']

/** The files of a batch: which are there, and one file a request. */
export function batchFileRoutes(uploads: Uploads): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')
  const { it } = uploads

  const known = createRoute({
    method: 'post',
    path: '/events/{event}/uploads/{batch}/known',
    tags,
    summary: 'Which of these contents are in the batch already',
    request: { params: ofBatch, body: jsonBody(hashesAsked) },
    responses: jsonAnswer(hashesKnown, 'Those that need not be sent'),
  })
  api.openapi(known, async (c) => {
    const of = c.req.valid('param')
    const keys = c.req.valid('json').hashes.map((sha256) => batchFileId(of.batch, sha256))
    const rows = await deskOf(it.couch, of.event).all({ keys })
    return c.json({ known: rows.filter(({ deleted }) => !deleted).map(({ id }) => id.slice(-64)) }, 200)
  })

  const put = createRoute({
    method: 'put',
    path: '/events/{event}/uploads/{batch}/files/{sha256}',
    tags,
    summary: 'Bring one file, as raw bytes under the SHA-256 of them; one that is over 10 MB without its bytes',
    request: {
      params: ofFile,
      query: z.object({ path: z.string().max(2000), bytes: z.coerce.number().int().min(0).optional() }),
    },
    responses: jsonAnswer(z.object({ problem: uploadRow.shape.codes.element.nullable() }), 'Kept, or why not'),
  })
  api.openapi(put, async (c) => {
    const of = c.req.valid('param')
    const { path, bytes: said = 0 } = c.req.valid('query')
    await readBatch(it.couch, of)
    const size = Math.max(said, Number(c.req.header('content-length') ?? 0))
    const bytes = size > uploadLimitBytes ? null : await readBody(c.req.raw, uploadLimitBytes).catch(nullWhenTooLarge)
    const file = await takeFile(uploads, { ...of, path, bytes, size, by: c.var.caller.account })
    return c.json({ problem: file.problem ?? null }, 200)
  })

  const preview = createRoute({
    method: 'get',
    path: '/events/{event}/uploads/{batch}/files/{sha256}/preview',
    tags,
    summary: 'A small picture of a file',
    request: { params: ofFile },
    responses: { 200: { description: 'JPEG', content: { 'image/jpeg': { schema: z.string() } } } },
  })
  api.openapi(preview, async (c) => {
    const { event, batch, sha256 } = c.req.valid('param')
    const bytes = await deskOf(it.couch, event).attachment(batchFileId(batch, sha256), 'preview')
    if (!bytes) throw new AppError('ZK-FILM-003')
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=3600',
    })
  })
  return api
}

function nullWhenTooLarge(error: unknown): null {
  if (error instanceof AppError && error.code === 'ZK-GATE-003') return null
  throw error
}
