import type { Context } from 'hono'
import { AppError } from '../../design-docs/errors.ts'
import type { Installation } from '../login/installation.ts'

type Asking = { it: Installation; c: Context }

type Request = RequestInit & { finish?: boolean; token?: string }

/**
 * Asks the database with the caller's own token, or one made for the purpose. It is given up when the caller hangs up,
 * unless told to `finish`.
 */
export async function askUpstream(
  { it, c }: Asking,
  path: string,
  { finish = false, token, ...init }: Request = {},
): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token ?? (c.req.header('authorization') ?? '').split(' ')[1] ?? ''}`)
  const accept = c.req.header('accept')
  if (accept) headers.set('accept', accept)
  const signal = finish ? {} : { signal: c.req.raw.signal }
  return await refusedUpstream(await it.couch.request(path, { ...init, headers, ...signal }))
}

/** What the database gives, or why it does not, in the product's own codes. */
export async function refusedUpstream(response: Response): Promise<Response> {
  if (response.ok || response.status === 404) return response
  await response.body?.cancel()
  if (response.status === 403) throw new AppError('ZK-GATE-001')
  if (response.status === 400) throw new AppError('ZK-SYS-004')
  // 401 is the database's view of a token that we hold good: its key is missing there, which is the server's fault.
  throw new AppError('ZK-SYS-002', { figures: { status: response.status } })
}

/** Passes the answer on as it flows; what describes only the inner hop stays behind. */
export function passOn(response: Response, body: ReadableStream<Uint8Array> | null = response.body): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  for (const name of ['content-type', 'etag', 'content-md5']) {
    const value = response.headers.get(name)
    if (value) headers.set(name, value)
  }
  return new Response(body, { status: response.status, headers })
}
