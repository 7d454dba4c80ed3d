import type { Refusal } from './refusal.ts'

/** A JSON answer as CouchDB sends it: one line, never cached without asking again. */
export function jsonAnswer(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'must-revalidate', ...headers },
  })
}

/** A refusal on the wire. A 401 names Basic so that clients know what to send. */
export function refusalAnswer(refusal: Refusal): Response {
  const headers: Record<string, string> = refusal.status === 401 ? { 'www-authenticate': 'Basic realm="server"' } : {}
  return jsonAnswer({ error: refusal.error, reason: refusal.reason }, refusal.status, headers)
}
