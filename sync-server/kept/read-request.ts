import type { Context } from 'hono'
import type { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import { badFields } from '../gateway/bad-fields.ts'
import { parseJson, readBody } from '../gateway/read-body.ts'

const limitBytes = 65_536

/** What a caller sent, as JSON or as a form, held against the schema; fields that nobody asked for are passed over. */
export async function readRequest<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const given = await readFields(c)
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new AppError('ZK-ENTRY-003', { figures: { fields: badFields(parsed.error, given) } })
}

async function readFields(c: Context): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type === 'multipart/form-data') return Object.fromEntries(await textFields(c))
  const body = await readBody(c.req.raw, limitBytes)
  if (type === 'application/x-www-form-urlencoded')
    return Object.fromEntries(new URLSearchParams(body.toString('utf8')))
  return parseJson(body)
}

async function textFields(c: Context): Promise<[string, string][]> {
  const body = new Uint8Array(await readBody(c.req.raw, limitBytes))
  const headers = { 'content-type': c.req.header('content-type') ?? '' }
  const form = await new Response(body, { headers }).formData().catch((cause) => {
    throw new AppError('ZK-SYS-004', { cause })
  })
  return [...form].flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []))
}
