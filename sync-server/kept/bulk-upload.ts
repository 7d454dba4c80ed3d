import { createHash } from 'node:crypto'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { AppError } from '../../design-docs/errors.ts'
import { ulid } from '../../design-docs/ids.ts'
import { bulkUploadRequest, keptError } from '../../design-docs/kept.ts'
import { bulkUploadAnswer, type UploadRow, uploadLimitBytes } from '../../design-docs/uploads.ts'
import { badFields } from '../gateway/bad-fields.ts'
import { readBody } from '../gateway/read-body.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { openApi } from '../results/open-api.ts'
import type { Desks } from '../results/open-desks.ts'
import { batchRows } from '../uploads/batch-rows.ts'
import { beginBatch } from '../uploads/batches.ts'
import { takeBatch } from '../uploads/take-batch.ts'
import { takeFile, type Uploads } from '../uploads/take-file.ts'
import { uploadWorld } from '../uploads/upload-world.ts'

const path = '/bulk-upload-photos/'
const limitBytes = 32 * 1_048_576

/**
 * Photos in bulk for scripts: a batch in one request, or in several that name the same `batch`, judged at once. Sent
 * again, the same files are the same check-ins.
 */
export function bulkUpload(uploads: Uploads, desks: Desks): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  const { it } = uploads
  api.openAPIRegistry.registerPath({
    method: 'post',
    path,
    tags: ['kept'],
    summary: 'Upload photos as check-ins, up to 32 MB a request; teams by folder or file name, or zekken_number',
    request: { body: { content: { 'multipart/form-data': { schema: bulkUploadRequest } } } },
    responses: {
      200: { description: 'What became of each file', content: { 'application/json': { schema: bulkUploadAnswer } } },
      default: { description: 'What went wrong', content: { 'application/json': { schema: keptError } } },
    },
  })
  api.post(path, async (c) => {
    const { fields, photos } = await readForm(c)
    const { event_code: event, zekken_number: team = null, batch = ulid(it.now(), it.random(10)) } = fields
    if (event !== c.var.caller.event) throw new AppError('ZK-AUTH-002')
    if (photos.length === 0)
      throw new AppError('ZK-ENTRY-003', { figures: { fields: [{ field: 'photos', problem: 'missing' }] } })
    const of = { event, batch }
    await beginBatch(it, c.var.caller, { ...of, name: 'bulk-upload-photos', team })
    const sent = []
    for (const photo of photos) {
      const sha256 = createHash('sha256').update(photo.bytes).digest('hex')
      const bytes = photo.size > uploadLimitBytes ? null : photo.bytes
      await takeFile(uploads, { ...of, ...photo, sha256, bytes, by: c.var.caller.account })
      sent.push({ file: photo.path, sha256 })
    }
    for (let left = 1; left > 0; )
      left = (await takeBatch({ it }, await uploadWorld({ it, desks }, event, c.var.caller), of)).left
    const { rows } = await batchRows(await uploadWorld({ it, desks }, event, c.var.caller), of)
    const bySha = new Map(rows.map((row) => [row.sha256, row]))
    const results = sent.map(({ file, sha256 }) => ({ file, ...told(bySha.get(sha256)) }))
    const taken = results.filter(({ checkin_id }) => checkin_id !== null).length
    const message = `${taken} of ${results.length} files are check-ins.`
    return c.json({ status: 'OK', message, batch, results, timestamp: new Date(it.now()).toISOString() }, 200)
  })
  return api
}

/** What needs a person is PENDING, what nothing can come of REJECTED, as callers know them. */
function told(row: UploadRow | undefined): { status: string; reason: string; checkin_id: string | null } {
  const status = row?.status ?? (row?.state === 'refused' || row?.state === 'left' ? 'REJECTED' : 'PENDING')
  return { status, reason: row?.codes.join(' ') ?? '', checkin_id: row?.checkin ?? null }
}

type Sent = { path: string; bytes: Uint8Array; size: number }

async function readForm(c: Context): Promise<{ fields: ReturnType<typeof bulkUploadRequest.parse>; photos: Sent[] }> {
  const body = new Uint8Array(await readBody(c.req.raw, limitBytes))
  const headers = { 'content-type': c.req.header('content-type') ?? '' }
  const form = await new Response(body, { headers }).formData().catch((cause) => {
    throw new AppError('ZK-SYS-004', { cause })
  })
  const entries = [...form]
  const texts = Object.fromEntries(entries.filter(([, value]) => typeof value === 'string' && value !== ''))
  const parsed = bulkUploadRequest.safeParse(texts)
  if (!parsed.success) throw new AppError('ZK-ENTRY-003', { figures: { fields: badFields(parsed.error, texts) } })
  const files = entries.flatMap(([name, value]) =>
    /^photos(\[\])?$/.test(name) && typeof value !== 'string' ? [value] : [],
  )
  const photos = files.map(async (file) => ({
    path: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    size: file.size,
  }))
  return { fields: parsed.data, photos: await Promise.all(photos) }
}
