import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmbedded } from '../support/start-embedded.ts'

const seed = Number(process.env.SEED ?? 20_260_412)
const runs = Number(process.env.RUNS ?? 300)

const revisions = { start: 2, ids: ['bb', 'aa'] }
const attachment = {
  content_type: 'image/jpeg',
  data: 'AAAA',
  revpos: 1,
  digest: 'md5-AAAAAAAAAAAAAAAAAAAAAA==',
  length: 3,
}
const doc = { _id: 'b', _attachments: { file: attachment }, n: [1, { deep: 'x' }] }
const replicated = { ...doc, _rev: '2-bb', _revisions: revisions }
const selector = {
  n: { $gte: 1, $in: [1, 2] },
  $or: [{ a: { $elemMatch: { b: 1 } } }, { b: { $regex: '^x', $mod: [2, 1] } }],
}
const design = {
  views: { v: { map: 'function (doc) { emit(doc._id, 1) }', reduce: '_sum' } },
  filters: { f: 'function (doc) { return true }' },
  validate_doc_update: 'function (after) { if (after.no) throw({ forbidden: 1 }) }',
  language: 'javascript',
}
/** Well-formed requests; each run spoils one of them in one place. */
const requests: [method: string, path: string, body: unknown][] = [
  ['POST', '_bulk_docs', { docs: [doc, { n: 1 }] }],
  ['POST', '_bulk_docs', { docs: [replicated, { _id: 'c', _rev: '1-x' }], new_edits: false }],
  ['PUT', 'b?new_edits=false', replicated],
  ['PUT', 'd', doc],
  ['PUT', '_local/y', { n: 1, _rev: '0-1' }],
  ['PUT', '_design/x', design],
  [
    'POST',
    '_bulk_get?revs=true&attachments=true',
    { docs: [{ id: 'b', rev: '2-bb', atts_since: ['1-a'] }, { id: 'a' }] },
  ],
  ['POST', '_revs_diff', { b: ['2-bb', '1-x'], z: ['1-a'] }],
  ['POST', '_missing_revs', { b: ['2-bb'] }],
  [
    'POST',
    '_find',
    { selector, fields: ['n'], sort: [{ n: 'asc' }], limit: 2, skip: 1, use_index: 'x', bookmark: 's1' },
  ],
  ['POST', '_find', { selector: { n: { $gt: null } } }],
  ['POST', '_explain', { selector, limit: 2 }],
  [
    'POST',
    '_index',
    { index: { fields: ['n', { a: 'asc' }], partial_filter_selector: { n: 1 } }, ddoc: 'i', name: 'j', type: 'json' },
  ],
  ['POST', '_all_docs', { keys: ['a', 'b'], include_docs: true, conflicts: true }],
  ['POST', '_all_docs/queries', { queries: [{ startkey: 'a', endkey: 'b', limit: 1 }, { keys: ['a'] }] }],
  ['POST', '_design/x/_view/v', { keys: ['a', 1, [null], {}], reduce: false }],
  ['POST', '_design/x/_view/v/queries', { queries: [{ startkey: [1], endkey: {}, group_level: 1, reduce: true }] }],
  ['POST', '_changes?filter=_selector&include_docs=true', { selector }],
  ['POST', '_changes?filter=_doc_ids&style=all_docs', { doc_ids: ['a', 'b'] }],
  ['POST', '_purge', { b: ['2-bb'], a: ['1-a'] }],
  ['PUT', '_security', { admins: { names: ['a'], roles: [] }, members: { roles: ['b'] } }],
  ['PUT', '_revs_limit', 5],
]
const spoilt = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e21,
    '',
    'x',
    '_x',
    '1-',
    '-',
    '9999999999999999-a',
    [],
    {},
    [[]],
  ),
  fc.constantFrom<unknown>(
    { $bad: 1 },
    { length: 1 },
    ['a', 1],
    '__proto__',
    '(',
    'function () { return }',
    '\u0000',
    '\ud800',
  ),
  fc.string({ maxLength: 4 }),
)
const names = fc.constantFrom(
  ...['a', '_id', '__proto__', 'constructor', '$gt', '$in', '$or', '$regex', 'stub', 'follows', '_rev', 'x/y'],
)
const queries = fc.dictionary(
  fc.constantFrom(
    ...['rev', 'open_revs', 'since', 'limit', 'skip', 'startkey', 'keys', 'descending', 'style', 'feed', 'group'],
  ),
  fc.constantFrom(
    ...['true', '1', '-1', '[]', '["1-a"]', '{}', '"a"', 'null', 'all', 'now', 'normal', '1-a', '%', 'longpoll', '0'],
  ),
  { maxKeys: 1 },
)

/** The value with what lies at `at` (modulo its size) replaced, or moved to another name. */
function spoil(value: unknown, at: number, change: { value: unknown; name: string; rename: boolean }): unknown {
  if (typeof value !== 'object' || value === null) return change.value
  const entries = Object.entries(value)
  const place = at % (entries.length + 1)
  const entry = entries[place]
  if (!entry) return change.value
  const [name, member] = entry
  const deeper = Math.floor(at / (entries.length + 1))
  if (change.rename && deeper % 3 === 0) entries[place] = [change.name, member]
  else entries[place] = [name, spoil(member, deeper, change)]
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries)
}

describe('malformed requests', () => {
  let server: Awaited<ReturnType<typeof startEmbedded>>
  const failures: string[] = []
  beforeAll(async () => {
    server = await startEmbedded({ onFailure: (error) => failures.push(String((error as Error).stack)) })
  })
  afterAll(() => server.stop())

  test(`[DB46] ${runs} of them are answered, none as an unexpected failure, and the server goes on (seed ${seed})`, async () => {
    const name = await server.freshDatabase()
    const statuses = new Map<string, number>()
    for (const [method, path, body] of requests) await server.ask(method, `/${name}/${path}`, JSON.stringify(body))
    const run = fc.record({
      request: fc.constantFrom(...requests),
      at: fc.nat(),
      change: fc.record({ value: spoilt, name: names, rename: fc.boolean() }),
      query: queries,
    })
    await fc.assert(
      fc.asyncProperty(run, async ({ request: [method, path, body], at, change, query }) => {
        const search = new URLSearchParams({ timeout: '1', ...query })
        const sent = JSON.stringify(spoil(body, at, change))
        const mark = path.includes('?') ? '&' : '?'
        const answer = await server.ask(method, `/${name}/${path}${mark}${search}`, sent)
        const kind = `${path} ${answer.status < 400 ? 'taken' : 'refused'}`
        statuses.set(kind, (statuses.get(kind) ?? 0) + 1)
        expect(failures, `${method} ${path} ${search} ${sent}`).toEqual([])
      }),
      { seed, numRuns: runs, endOnFailure: true },
    )
    for (const path of ['_bulk_docs', '_find', '_index', '_revs_diff']) {
      expect([statuses.get(`${path} taken`), statuses.get(`${path} refused`)], path).not.toContain(undefined)
    }
    expect((await server.ask('PUT', `/${await server.freshDatabase()}/a`, {})).status).toBe(201)
  })
})
