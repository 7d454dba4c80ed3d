import type { OutsideContent, outsideRoutes } from '../../design-docs/external.ts'

export type ExternalCall = {
  route: (typeof outsideRoutes)[number]
  event: string
  team: string
  content: OutsideContent
  /** The same for every try of the same call, so that one that was heard without an answer is not done twice. */
  idempotencyKey: string
}
/** `silent`: nobody is there. `failed`: somebody answered, without having done it. Only `refused` is not tried again. */
export type ExternalAnswer =
  | { result: 'accepted'; externalId: string | null }
  | { result: 'refused' | 'failed'; error: string; retryAfterMs?: number }
  | { result: 'silent'; error: string }

export type ExternalSystem = { call(call: ExternalCall, signal: AbortSignal): Promise<ExternalAnswer> }

export type ExternalSystemOptions = {
  /** Base address, without a slash at its end. */
  url: string
  /** Sent as `Authorization: Bearer`. */
  token?: string | undefined
  timeoutMs?: number
  /** The address of the report that a link with this nonce opens. */
  reportUrl?(nonce: string): string
}

const longestAnswer = 65_536
/** Of the 4xx, those that say nothing against the call itself. */
const passing = new Set([408, 425, 429])

/** The external system over HTTP, with the names of the kept routes. */
export function externalSystem(options: ExternalSystemOptions): ExternalSystem {
  const { url, token, timeoutMs = 10_000, reportUrl = (nonce) => nonce } = options
  return {
    async call(call, signal) {
      const patience = AbortSignal.timeout(timeoutMs)
      try {
        const response = await fetch(`${url}/${call.route}`, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.any([signal, patience]),
          headers: {
            'content-type': 'application/json',
            'idempotency-key': call.idempotencyKey,
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(bodyOf(call, reportUrl)),
        })
        return await answerOf(response)
      } catch (error) {
        return { result: 'silent', error: patience.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error) }
      }
    },
  }
}

function bodyOf(
  { route, event, team, content }: ExternalCall,
  reportUrl: (nonce: string) => string,
): Record<string, unknown> {
  const of = { zekken_number: team, event_code: event }
  if (route === 'report_link') {
    const { report } = content
    // Nothing: the report is no more.
    return {
      ...of,
      report_url: report ? reportUrl(report.nonce) : null,
      valid_until: report ? instantOf(report.until) : null,
    }
  }
  if (route === 'update_team_status') return { ...of, status: content.status ?? 'entered' }
  if (route === 'update_team_name') return { ...of, new_team_name: content.name }
  return { ...of, team_name: content.name, class_name: content.className, member_count: content.memberCount }
}

const instantOf = (at: number) => new Date(at).toISOString()

async function answerOf(response: Response): Promise<ExternalAnswer> {
  const { status, ok } = response
  const text = await beginningOf(response)
  const said = parsed(text)
  const error = `${status} ${said?.message ?? text.slice(0, 200)}`.trim()
  if (ok && said === null) return { result: 'failed', error: `${status}, which cannot be read` }
  if (ok && said?.status === 'ERROR') return { result: 'refused', error }
  if (ok) return { result: 'accepted', externalId: idOf(said?.team_id) }
  if (status >= 300 && status < 500 && !passing.has(status)) return { result: 'refused', error }
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return { result: 'failed', error, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) }
}

/** No more of an answer than could be meant. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > longestAnswer) break
  }
  return text
}

type Said = { status?: unknown; message?: string; team_id?: unknown }

function parsed(text: string): Said | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { status, message, team_id } = value as Record<string, unknown>
    return { status, team_id, ...(typeof message === 'string' && { message: message.slice(0, 300) }) }
  } catch {
    // A page of a proxy or a portal: not the system's own answer.
    return null
  }
}

const idOf = (given: unknown) =>
  typeof given === 'number' || (typeof given === 'string' && given !== '') ? String(given).slice(0, 200) : null

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  return [message, cause?.code ?? cause?.message].filter(Boolean).join(': ').slice(0, 300)
}
