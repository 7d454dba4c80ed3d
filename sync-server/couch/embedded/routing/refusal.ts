/** An answer other than success, in CouchDB's own words: HTTP status, `error` and `reason`. */
export class Refusal extends Error {
  readonly status: number
  readonly error: string
  readonly reason: unknown
  constructor(status: number, error: string, reason: unknown) {
    super(`${status} ${error}: ${String(reason)}`)
    this.name = 'Refusal'
    this.status = status
    this.error = error
    this.reason = reason
  }
}

export const badRequest = (reason: string) => new Refusal(400, 'bad_request', reason)
export const notFound = (reason = 'missing') => new Refusal(404, 'not_found', reason)
export const conflict = () => new Refusal(409, 'conflict', 'Document update conflict.')
export const methodNotAllowed = (...methods: string[]) =>
  new Refusal(405, 'method_not_allowed', `Only ${methods.join(',')} allowed`)

type PouchFailure = { status?: unknown; name?: unknown; reason?: unknown; message?: unknown; error?: unknown }

/** Turns whatever was thrown into a refusal; PouchDB's errors keep their status, the unexpected becomes a 500. */
export function toRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown
  const failure = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as PouchFailure
  const words = [failure.reason, failure.message].find((text) => typeof text === 'string' && text !== '')
  const reason = words ?? 'unknown'
  if (failure.status === 409) return conflict()
  if (failure.status === 412) return new Refusal(412, String(failure.name ?? 'precondition_failed'), reason)
  if (typeof failure.status === 'number' && failure.status >= 400 && failure.status < 500) {
    return new Refusal(failure.status, typeof failure.name === 'string' ? failure.name : 'bad_request', reason)
  }
  const refusal = new Refusal(500, 'internal_server_error', reason)
  refusal.cause = thrown
  return refusal
}
