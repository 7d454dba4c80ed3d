export type Answer = { status: number; headers: Headers; text: string; bytes: Buffer; body: unknown }
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

export const basic = (name: string, password: string) =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`

/** Asks one server. Text and bytes go as they are, everything else as JSON. */
export function asking(url: string, always: Record<string, string>): Ask {
  return async (method, path, body, headers = {}) => {
    const json = body === undefined || 'content-type' in headers ? {} : { 'content-type': 'application/json' }
    const init: RequestInit = { method, headers: { accept: 'application/json', ...always, ...json, ...headers } }
    const raw = typeof body === 'string' || body instanceof Uint8Array
    if (body !== undefined) init.body = raw ? (body as BodyInit) : JSON.stringify(body)
    const response = await fetch(url + path, init)
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString('utf8')
    return { status: response.status, headers: response.headers, text, bytes, body: parse(text) }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One member of an answer's JSON object. */
export const field = (answer: Pick<Answer, 'body'>, name: string): unknown =>
  (answer.body as Record<string, unknown>)[name]
export const revOf = (answer: Pick<Answer, 'body'>) => String(field(answer, 'rev'))
