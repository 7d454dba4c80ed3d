import { z } from 'zod'
import { databases, parseDatabaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { endWithToken } from './end-with-token.ts'
import type { Passage } from './gateway-routes.ts'
import { readJson } from './read-body.ts'
import { followShared } from './shared-feeds.ts'
import { askUpstream, passOn } from './upstream.ts'

/** Parameters of `_changes` that pass. No filter does: each costs the server a walk through the whole feed. */
const changesParameters = {
  since: /^[\w=.~-]{1,2000}$/,
  limit: /^\d{1,5}$/,
  style: /^(all_docs|main_only)$/,
  feed: /^(normal|longpoll)$/,
  heartbeat: /^(true|\d{1,8})$/,
  timeout: /^\d{1,8}$/,
  include_docs: /^(true|false)$/,
  seq_interval: /^\d{1,5}$/,
  descending: /^false$/,
  conflicts: /^(true|false)$/,
  attachments: /^(true|false)$/,
} as const
const bulkGetParameters = {
  revs: /^(true|false)$/,
  attachments: /^(true|false)$/,
  latest: /^(true|false)$/,
} as const
const attachmentParameters = { rev: /^\d{1,6}-[0-9a-f]{32}$/ } as const

const bulkGetBody = z.object({
  docs: z
    .array(
      z.object({
        id: z
          .string()
          .max(300)
          .regex(/^(?!_local\/)/),
        rev: z.string().max(60).optional(),
        atts_since: z.array(z.string().max(60)).max(1000).optional(),
      }),
    )
    .max(1000),
})

export async function answerDatabase({ it, c, database }: Passage): Promise<Response> {
  return passOn(await askUpstream({ it, c }, `/${database}`))
}

export async function answerChanges({ it, c, caller, database }: Passage): Promise<Response> {
  const query = allowed(c.req.url, changesParameters)
  const path = `/${database}/_changes?${query}`
  const remainingMs = caller.expiresAt - it.now()
  if (isShared(database, query)) {
    const { response, body } = await followShared(it, caller, path)
    if (!response.ok) {
      await body.cancel()
      throw new AppError('ZK-SYS-003')
    }
    return passOn(response, endWithToken(body, { remainingMs, since: query.get('since') }))
  }
  const response = await askUpstream({ it, c }, path)
  if (!response.body) return passOn(response)
  if (query.get('feed') !== 'longpoll') return gzipped(passOn(response), c.req.header('accept-encoding'))
  return passOn(response, endWithToken(response.body, { remainingMs, since: query.get('since') }))
}

/** What everyone waits for alike. Signs of life would have to be sent to each at its own time. */
function isShared(database: string, query: URLSearchParams): boolean {
  const kind = parseDatabaseName(database)?.kind
  if (!kind || databases[kind].perTeam || query.get('feed') !== 'longpoll') return false
  return query.has('timeout') && !query.has('heartbeat') && query.get('since') !== 'now'
}

/** A first sync is megabytes of much the same, a tenth of it when packed. Feeds that wait are never packed: they would stall. */
function gzipped(answer: Response, accepted = ''): Response {
  if (!answer.body || !/\bgzip\b/.test(accepted)) return answer
  answer.headers.set('content-encoding', 'gzip')
  answer.headers.append('vary', 'accept-encoding')
  return new Response(answer.body.pipeThrough(new CompressionStream('gzip')), answer)
}

export async function answerBulkGet({ it, c, database }: Passage): Promise<Response> {
  const query = allowed(c.req.url, bulkGetParameters)
  const body = await readJson(c, bulkGetBody, 1_048_576)
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return passOn(await askUpstream({ it, c }, `/${database}/_bulk_get?${query}`, init))
}

export async function answerAttachment({ it, c, database, rest }: Passage): Promise<Response> {
  const query = allowed(c.req.url, attachmentParameters)
  const response = await askUpstream({ it, c }, `/${database}/${rest.join('/')}${query.size ? `?${query}` : ''}`)
  if (response.status === 404) throw new AppError('ZK-SYS-003')
  return passOn(response)
}

/** The request's parameters, each of them on the list; `_nonce` keeps caches away and goes no further. */
function allowed(url: string, list: Record<string, RegExp>): URLSearchParams {
  const passed = new URLSearchParams()
  for (const [name, value] of new URL(url).searchParams) {
    if (name === '_nonce') continue
    if (!list[name]?.test(value)) throw new AppError('ZK-GATE-001', { figures: { parameter: name.slice(0, 40) } })
    passed.set(name, value)
  }
  return passed
}
