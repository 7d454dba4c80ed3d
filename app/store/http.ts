import type { Clock } from '../device/clock.ts'
import type { Ports } from './ports.ts'
import { isTransient } from './retry.ts'

/** What the server said. Offline is not an error; `blocked` is an answer that is not our server's. */
export type Answer =
  | { kind: 'ok'; body: unknown; headers: Headers }
  | { kind: 'refused'; status: number; code: string; message: string; figures: Record<string, unknown> }
  | { kind: 'busy'; retryAfterMs: number | null; status?: number }
  | { kind: 'offline' }
  | { kind: 'blocked' }

export type Ask = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  json?: unknown
  bytes?: Uint8Array<ArrayBuffer>
  /** The answer is bytes; `body` is then an ArrayBuffer. */
  binary?: boolean
  /** Makes `body` of a good answer that is neither JSON nor small. */
  read?: (response: Response) => Promise<unknown>
  token?: string | null
  headers?: Record<string, string>
  signal?: AbortSignal
  /** For a request that the server holds open on purpose. */
  waitMs?: number
}
export type Http = (path: string, ask?: Ask) => Promise<Answer>

/** What even a bad link should carry in a second; a request may take as long as its bytes need at this speed. */
const slowestBytesPerMs = 1
const answerWithinMs = 30_000

/** Asks our server, measures its clock by every answer, and sorts what comes back. Never throws. */
export function createHttp(
  ports: Pick<Ports, 'fetch' | 'after'>,
  clock: Clock,
  onAnswer: (kind: Answer['kind']) => void,
): Http {
  return async (path, ask = {}) => {
    const body = await bodyOf(ask)
    const deadline = new AbortController()
    const abort = () => deadline.abort()
    const allowedMs = answerWithinMs + (ask.waitMs ?? 0) + (body ? body.bytes.length / slowestBytesPerMs : 0)
    const cancel = ports.after(allowedMs, abort)
    ask.signal?.addEventListener('abort', abort, { once: true })
    const report = (answer: Answer) => {
      if (!ask.signal?.aborted) onAnswer(answer.kind)
      return answer
    }
    try {
      if (ask.signal?.aborted) return { kind: 'offline' }
      const sentMs = clock.monotonic()
      const response = await ports.fetch(path, {
        method: ask.method ?? 'GET',
        headers: { ...body?.headers, ...(ask.token && { authorization: `Bearer ${ask.token}` }), ...ask.headers },
        ...(body && { body: body.bytes }),
        credentials: 'same-origin',
        cache: 'no-store',
        signal: deadline.signal,
      })
      const receivedMs = clock.monotonic()
      const time = Number(response.headers.get('x-zekken-time') ?? Number.NaN)
      if (Number.isFinite(time) && !ask.waitMs) clock.observe(time, { sentMs, receivedMs })
      if (!response.ok) return report(await refusalOf(response, Number.isFinite(time)))
      if (!Number.isFinite(time)) {
        await response.body?.cancel()
        return report({ kind: 'blocked' })
      }
      const content = await contentOf(response, ask)
      return report({ kind: 'ok', body: content, headers: response.headers })
    } catch {
      // Whatever broke the request or cut the answer short, the remedy is the same: later, again.
      return report({ kind: 'offline' })
    } finally {
      cancel()
      ask.signal?.removeEventListener('abort', abort)
    }
  }
}

async function contentOf(response: Response, { binary, read }: Ask): Promise<unknown> {
  if (read) return await read(response)
  return binary ? await response.arrayBuffer() : jsonIn(await response.text())
}

async function refusalOf(response: Response, ours: boolean): Promise<Answer> {
  const text = await response.text()
  if (isTransient(response.status)) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    return { kind: 'busy', retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null, status: response.status }
  }
  if (!ours) return { kind: 'blocked' }
  const error = errorIn(text)
  return {
    kind: 'refused',
    status: response.status,
    code: typeof error?.code === 'string' ? error.code : `HTTP-${response.status}`,
    message: typeof error?.message === 'string' ? error.message : '',
    figures: (error?.figures ?? {}) as Record<string, unknown>,
  }
}

/** An answer without a body, to a sign-out say, is null. */
const jsonIn = (text: string): unknown => (text === '' ? null : JSON.parse(text))

/** The product's error shape is `{ error: { code, message, figures? } }`; anything else is null. */
function errorIn(text: string): { code?: unknown; message?: unknown; figures?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text)
    const error = value !== null && typeof value === 'object' && 'error' in value ? value.error : null
    return error !== null && typeof error === 'object' ? error : null
  } catch {
    return null
  }
}

type Body = { bytes: Uint8Array<ArrayBuffer>; headers: Record<string, string> }

/** JSON above a packet's size goes gzipped where the browser can: base64 previews shrink back to nearly their bytes. */
async function bodyOf(ask: Ask): Promise<Body | null> {
  if (ask.bytes) return { bytes: ask.bytes, headers: { 'content-type': 'application/octet-stream' } }
  if (ask.json === undefined) return null
  const plain = new TextEncoder().encode(JSON.stringify(ask.json))
  const headers = { 'content-type': 'application/json' }
  if (plain.length < 1_400 || typeof CompressionStream === 'undefined') return { bytes: plain, headers }
  const packed = new Response(new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip')))
  return { bytes: new Uint8Array(await packed.arrayBuffer()), headers: { ...headers, 'content-encoding': 'gzip' } }
}
