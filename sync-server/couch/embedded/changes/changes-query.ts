import { type ChangeFilter, namedFilter } from '../design/filters.ts'
import { flag, jsonParameter } from '../routing/database-request.ts'
import { badRequest, Refusal } from '../routing/refusal.ts'
import { isObject, readObject } from '../routing/request-body.ts'
import type { Database } from '../storage/database.ts'
import { readSequence } from './sequence.ts'

export type Feed = 'normal' | 'longpoll' | 'continuous' | 'eventsource'
/** What a follower asks for, checked. */
export type ChangesQuery = {
  feed: Feed
  /** null: from now on. */
  since: number | null
  limit: number
  descending: boolean
  /** Milliseconds between signs of life; undefined: the feed ends after `timeoutMs` of silence instead. */
  heartbeatMs: number | undefined
  timeoutMs: number
  /** PouchDB's own options, equal for equal questions. */
  options: ChangesOptions
  filter: ChangeFilter | undefined
}
export type ChangesOptions = {
  include_docs: boolean
  conflicts: boolean
  attachments: boolean
  style: string
  doc_ids?: unknown[]
  selector?: object
}
type Asked = { method: string; query: URLSearchParams; headers: Headers; raw: Request; database: Database }

/** CouchDB's `[chttpd] changes_timeout`. */
const longestWaitMs = 60_000
const feeds: Record<string, Feed> = {
  normal: 'normal',
  longpoll: 'longpoll',
  continuous: 'continuous',
  live: 'continuous',
  eventsource: 'eventsource',
}

/** Reads the question of GET or POST /db/_changes. */
export async function readChangesQuery({ method, query, headers, raw, database }: Asked): Promise<ChangesQuery> {
  const body = method === 'POST' && raw.body ? await readObject(raw) : {}
  const feed = feeds[query.get('feed') ?? 'normal']
  if (!feed) throw badRequest('Supported `feed` types: normal, continuous, live, longpoll, eventsource')
  const attachments = flag(query, 'attachments')
  const options = {
    include_docs: flag(query, 'include_docs') || attachments,
    conflicts: flag(query, 'conflicts'),
    attachments,
    style: query.get('style') ?? 'main_only',
    ...narrowing(query, body),
  }
  return {
    feed,
    since: readSequence(database, query.get('since') ?? query.get('last-event-id') ?? headers.get('last-event-id')),
    limit: limitOf(query),
    descending: flag(query, 'descending'),
    heartbeatMs: heartbeatOf(query),
    timeoutMs: Math.min(numberOf(query, 'timeout') ?? longestWaitMs, longestWaitMs),
    options,
    filter: await namedFilter(database, query, raw),
  }
}

/** `_doc_ids` and `_selector`, which PouchDB knows itself. */
function narrowing(
  query: URLSearchParams,
  body: Record<string, unknown>,
): Pick<ChangesOptions, 'doc_ids' | 'selector'> {
  switch (query.get('filter')) {
    case '_doc_ids': {
      const ids = body.doc_ids ?? jsonParameter(query, 'doc_ids')
      if (!Array.isArray(ids)) throw badRequest('`doc_ids` filter parameter is not a list.')
      return { doc_ids: ids }
    }
    case '_selector': {
      if (!isObject(body.selector)) throw badRequest('Selector error: expected a JSON object')
      return { selector: body.selector }
    }
    default:
      return {}
  }
}

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^-?\d{1,15}$/.test(text)) throw new Refusal(400, 'query_parse_error', `Invalid value for integer: "${text}"`)
  return Math.max(0, Number(text))
}

/** CouchDB answers at least one row, whatever the limit. */
const limitOf = (query: URLSearchParams) => {
  const limit = numberOf(query, 'limit')
  return limit === undefined ? Number.POSITIVE_INFINITY : Math.max(1, limit)
}

function heartbeatOf(query: URLSearchParams): number | undefined {
  const text = query.get('heartbeat')
  if (text === null || text === 'false') return undefined
  if (text === 'true') return longestWaitMs
  const heartbeatMs = numberOf(query, 'heartbeat') ?? 0
  if (heartbeatMs === 0) throw badRequest('The heartbeat value should be a positive integer (in milliseconds).')
  return Math.min(heartbeatMs, longestWaitMs)
}
