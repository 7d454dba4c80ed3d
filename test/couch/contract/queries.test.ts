import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { field, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

type Row = { id: string; key: unknown; value: unknown; doc?: object; error?: string }

describe('queries', () => {
  let couch: CouchUnderTest
  let db: string
  beforeAll(async () => {
    couch = await startCouch()
  })
  beforeEach(async () => {
    db = `/${await couch.freshDatabase()}`
    const docs = ['a', 'b', 'c'].map((id, n) => ({ _id: id, n, parity: n % 2 === 0 ? 'even' : 'odd' }))
    await couch.ask('POST', `${db}/_bulk_docs`, { docs })
  })
  afterAll(() => couch.stop())
  const rows = async (path: string, body?: object) => {
    const answer = body ? await couch.ask('POST', `${db}/${path}`, body) : await couch.ask('GET', `${db}/${path}`)
    return (field(answer, 'rows') ?? []) as Row[]
  }
  const ids = async (path: string, body?: object) => (await rows(path, body)).map((row) => row.id)
  const text = (value: unknown) => encodeURIComponent(JSON.stringify(value))

  test('_all_docs lists in the order of ids and cuts by range, limit and skip', async () => {
    expect(await ids('_all_docs')).toEqual(['a', 'b', 'c'])
    expect(await ids('_all_docs?descending=true')).toEqual(['c', 'b', 'a'])
    expect(await ids('_all_docs?limit=1&skip=1')).toEqual(['b'])
    expect(await ids(`_all_docs?startkey=${text('b')}`)).toEqual(['b', 'c'])
    expect(await ids(`_all_docs?startkey=${text('a')}&endkey=${text('c')}&inclusive_end=false`)).toEqual(['a', 'b'])
    expect(await ids(`_all_docs?startkey=${text('c')}&endkey=${text('b')}&descending=true`)).toEqual(['c', 'b'])
    expect(await ids(`_all_docs?key=${text('b')}`)).toEqual(['b'])
    expect(await ids('_all_docs?limit=0')).toEqual([])
  })

  test('_all_docs by keys answers for each, also for what is missing or deleted', async () => {
    const [b] = await rows(`_all_docs?key=${text('b')}`)
    await couch.ask('DELETE', `${db}/b?rev=${revOf({ body: b?.value })}`)
    const found = await rows('_all_docs?include_docs=true', { keys: ['c', 'b', 'z'] })
    expect(found).toMatchObject([
      { id: 'c', doc: { n: 2 } },
      { id: 'b', value: { deleted: true }, doc: null },
      { key: 'z', error: 'not_found' },
    ])
  })

  test('several queries in one request', async () => {
    const answer = await couch.ask('POST', `${db}/_all_docs/queries`, { queries: [{ limit: 1 }, { keys: ['c'] }] })
    expect(answer.body).toMatchObject({ results: [{ rows: [{ id: 'a' }] }, { rows: [{ id: 'c' }] }] })
  })

  test('parameters that are no JSON or contradict each other are refused', async () => {
    for (const query of ['startkey=abc', 'limit=x', 'limit=-1', 'include_docs=maybe']) {
      expect((await couch.ask('GET', `${db}/_all_docs?${query}`)).status, query).toBe(400)
    }
    expect((await couch.ask('POST', `${db}/_all_docs?key=${text('b')}`, { keys: ['a'] })).status).toBe(400)
  })

  test('views map and reduce, and follow the documents', async () => {
    await couch.ask('PUT', `${db}/_design/d`, {
      views: { by: { map: 'function (doc) { if (doc.parity) emit(doc.parity, doc.n) }', reduce: '_sum' } },
    })
    expect(await rows('_design/d/_view/by?group=true')).toEqual([
      { key: 'even', value: 2 },
      { key: 'odd', value: 1 },
    ])
    expect(await ids(`_design/d/_view/by?reduce=false&key=${text('even')}`)).toEqual(['a', 'c'])
    await couch.ask('PUT', `${db}/d`, { n: 40, parity: 'even' })
    expect(await rows('_design/d/_view/by')).toEqual([{ key: null, value: 43 }])
    expect(await ids('_design/d/_view/by?reduce=false', { keys: ['odd'] })).toEqual(['b'])
    const several = await couch.ask('POST', `${db}/_design/d/_view/by/queries`, {
      queries: [{ reduce: false, limit: 1 }, { group: true }],
    })
    expect(field(several, 'results')).toHaveLength(2)
    expect((await couch.ask('GET', `${db}/_design/d/_view/none`)).status).toBe(404)
    expect((await couch.ask('GET', `${db}/_design/none/_view/by`)).status).toBe(404)
  })

  test('_design_docs lists design documents only', async () => {
    await couch.ask('PUT', `${db}/_design/d`, {})
    expect(await ids('_design_docs')).toEqual(['_design/d'])
  })

  test('_find selects with and without an index, sorts, projects and pages', async () => {
    const index = { index: { fields: ['n'] }, name: 'by-n', ddoc: 'indexes', type: 'json' }
    expect((await couch.ask('POST', `${db}/_index`, index)).body).toMatchObject({ result: 'created', name: 'by-n' })
    expect((await couch.ask('POST', `${db}/_index`, index)).body).toMatchObject({ result: 'exists' })
    const find = async (body: object) => await couch.ask('POST', `${db}/_find`, body)
    const found = await find({ selector: { n: { $gte: 1 } }, sort: [{ n: 'desc' }], fields: ['n'] })
    expect(found.body).toMatchObject({ docs: [{ n: 2 }, { n: 1 }] })
    expect(field(await find({ selector: { parity: 'even' } }), 'docs')).toHaveLength(2)
    const first = await find({ selector: { n: { $gte: 0 } }, limit: 2 })
    const rest = await find({ selector: { n: { $gte: 0 } }, limit: 2, bookmark: field(first, 'bookmark') })
    expect([first, rest].map((page) => (field(page, 'docs') as object[]).length)).toEqual([2, 1])
    expect((await couch.ask('POST', `${db}/_explain`, { selector: { n: 1 } })).body).toMatchObject({ index: {} })
    expect((await find({})).status).toBe(400)
    expect((await couch.ask('GET', `${db}/_index`)).body).toMatchObject({
      indexes: [{ name: '_all_docs' }, { name: 'by-n', ddoc: '_design/indexes' }],
    })
    expect((await couch.ask('DELETE', `${db}/_index/indexes/json/by-n`)).body).toEqual({ ok: true })
    expect((await couch.ask('DELETE', `${db}/_index/indexes/json/by-n`)).status).toBe(404)
  })
})
