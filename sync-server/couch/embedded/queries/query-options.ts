import { badRequest, Refusal } from '../routing/refusal.ts'
import { parseJson } from '../routing/request-body.ts'

const jsonNames = {
  startkey: 'startkey',
  start_key: 'startkey',
  endkey: 'endkey',
  end_key: 'endkey',
  key: 'key',
  keys: 'keys',
}
const flagNames = [
  'include_docs',
  'descending',
  'inclusive_end',
  'conflicts',
  'attachments',
  'reduce',
  'group',
  'update_seq',
]
const numberNames = ['limit', 'skip', 'group_level']

/** Options of `_all_docs` and views, from the URL or, failing that, the body; in PouchDB's words. */
export function queryOptions(query: URLSearchParams, body: Record<string, unknown>): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(jsonNames)) {
    const text = query.get(name)
    if (text !== null) options[option] = parseJson(text)
    else if (body[name] !== undefined) options[option] = body[name]
  }
  for (const name of flagNames) {
    const value = query.get(name) ?? body[name]
    if (value !== undefined) options[name] = parseFlag(name, value)
  }
  for (const name of numberNames) {
    const value = query.get(name) ?? body[name]
    if (value !== undefined) options[name] = parseCount(name, value)
  }
  if (options.keys !== undefined && !Array.isArray(options.keys)) throw badRequest('`keys` parameter must be an array.')
  if (options.keys !== undefined && ['key', 'startkey', 'endkey'].some((name) => options[name] !== undefined)) {
    throw new Refusal(400, 'query_parse_error', '`keys` is incompatible with `key`, `start_key` and `end_key`')
  }
  const stale = query.get('stale') ?? body.stale
  const update = String(query.get('update') ?? body.update ?? 'true')
  if (stale === 'ok' || update === 'false') options.stale = 'ok'
  else if (stale === 'update_after' || update === 'lazy') options.stale = 'update_after'
  return options
}

function parseFlag(name: string, value: unknown): boolean {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  throw new Refusal(400, 'query_parse_error', `Invalid boolean parameter: ${name}`)
}

function parseCount(name: string, value: unknown): number {
  const text = String(value)
  if (/^\d{1,15}$/.test(text)) return Number(text)
  if (/^-\d{1,15}$/.test(text)) {
    throw new Refusal(400, 'query_parse_error', `Invalid value for integer: "${text}"`)
  }
  throw new Refusal(400, 'query_parse_error', `Invalid value for ${name}: ${JSON.stringify(text)}`)
}
