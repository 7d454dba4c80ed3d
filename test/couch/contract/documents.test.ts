import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { field, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

describe('documents', () => {
  let couch: CouchUnderTest
  let db: string
  beforeAll(async () => {
    couch = await startCouch()
  })
  beforeEach(async () => {
    db = `/${await couch.freshDatabase()}`
  })
  afterAll(() => couch.stop())
  const put = (id: string, body: unknown, query = '') => couch.ask('PUT', `${db}/${id}${query}`, body)
  const get = (path: string, headers = {}) => couch.ask('GET', `${db}/${path}`, undefined, headers)
  const post = (path: string, body: unknown) => couch.ask('POST', `${db}/${path}`, body)

  test('a document comes back as it was put, with its revision as ETag', async () => {
    const written = await put('a', { n: 1, list: [1, { deep: null }], text: '髙﨑 𠮷' })
    expect(written.status).toBe(201)
    expect(written.body).toEqual({ ok: true, id: 'a', rev: expect.stringMatching(/^1-[0-9a-f]{32}$/) })
    const read = await get('a')
    expect(read.body).toEqual({ _id: 'a', _rev: revOf(written), n: 1, list: [1, { deep: null }], text: '髙﨑 𠮷' })
    expect(read.headers.get('etag')).toBe(`"${revOf(written)}"`)
    expect((await get('a', { 'if-none-match': `"${revOf(written)}"` })).status).toBe(304)
  })

  test('[DB4] an update needs the current revision; any other is a conflict and changes nothing', async () => {
    const first = await put('a', { n: 1 })
    for (const body of [{ n: 2 }, { n: 2, _rev: '1-00000000000000000000000000000000' }]) {
      const answer = await put('a', body)
      expect(answer.status).toBe(409)
      expect(answer.body).toEqual({ error: 'conflict', reason: 'Document update conflict.' })
    }
    expect((await get('a')).body).toMatchObject({ n: 1 })
    expect((await put('a', { n: 2 }, `?rev=${revOf(first)}`)).status).toBe(201)
    expect(
      (await couch.ask('PUT', `${db}/a`, { n: 3 }, { 'if-match': revOf(await get('a').then(asWrite)) })).status,
    ).toBe(201)
    expect((await get('a')).body).toMatchObject({ n: 3 })
  })

  test('the same content makes the same revision, so that two servers agree', async () => {
    const other = `/${await couch.freshDatabase()}`
    const [here, there] = [await put('a', { n: 1 }), await couch.ask('PUT', `${other}/a`, { n: 1 })]
    expect(revOf(here)).toBe(revOf(there))
  })

  test('a deleted document is missing with the reason deleted, and may come again', async () => {
    const first = await put('a', { n: 1 })
    const removed = await couch.ask('DELETE', `${db}/a?rev=${revOf(first)}`)
    expect(removed.status).toBe(200)
    expect(revOf(removed)).toMatch(/^2-/)
    expect(await get('a')).toMatchObject({ status: 404, body: { error: 'not_found', reason: 'deleted' } })
    expect(await get('b')).toMatchObject({ status: 404, body: { error: 'not_found', reason: 'missing' } })
    expect((await get(`a?rev=${revOf(removed)}`)).body).toEqual({ _id: 'a', _rev: revOf(removed), _deleted: true })
    expect(revOf(await put('a', { n: 2 }))).toMatch(/^3-/)
  })

  test('DELETE without a revision is a conflict, of nothing a 404', async () => {
    await put('a', {})
    expect((await couch.ask('DELETE', `${db}/a`)).status).toBe(409)
    expect((await couch.ask('DELETE', `${db}/b`)).status).toBe(404)
  })

  test('POST gives an id where none is named', async () => {
    const answer = await couch.ask('POST', db, { n: 1 })
    expect(answer.status).toBe(201)
    expect((await get(String(field(answer, 'id')))).body).toMatchObject({ n: 1 })
    expect((await couch.ask('POST', db, { _id: 'named' })).body).toMatchObject({ id: 'named' })
  })

  test('[DB5] encoded slashes and question marks belong to the id', async () => {
    const id = encodeURIComponent('team/1?x=y#z 通過')
    expect((await put(id, { n: 1 })).body).toMatchObject({ id: 'team/1?x=y#z 通過' })
    expect((await get(id)).body).toMatchObject({ n: 1 })
    await put('123', { n: 2 })
    expect((await get('_all_docs?key=%22123%22')).body).toMatchObject({ rows: [{ id: '123' }] })
  })

  test('COPY makes a new document from an old one', async () => {
    await put('a', { n: 1, _attachments: { t: { content_type: 'text/plain', data: 'aGk=' } } })
    const copied = await couch.ask('COPY', `${db}/a`, undefined, { destination: 'b' })
    expect(copied.status).toBe(201)
    expect((await get('b')).body).toMatchObject({ n: 1, _attachments: { t: { length: 2 } } })
    expect((await couch.ask('COPY', `${db}/a`, undefined, { destination: 'b' })).status).toBe(409)
  })

  test('_bulk_docs answers for each document in its place', async () => {
    await put('a', {})
    const answer = await post('_bulk_docs', { docs: [{ _id: 'b' }, { _id: 'a' }, { n: 1 }] })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual([
      { ok: true, id: 'b', rev: expect.any(String) },
      { id: 'a', error: 'conflict', reason: 'Document update conflict.' },
      { ok: true, id: expect.any(String), rev: expect.any(String) },
    ])
    expect(await post('_bulk_docs', {})).toMatchObject({ status: 400, body: { error: 'bad_request' } })
  })

  test('[DB6] with new_edits false revisions are taken as named, branches kept and the winner is CouchDB’s', async () => {
    const branch = (rev: string, n: number) => ({
      _id: 'c',
      _rev: `2-${rev}`,
      _revisions: { start: 2, ids: [rev, 'aaaa'] },
      n,
    })
    const answer = await post('_bulk_docs', { new_edits: false, docs: [branch('bbbb', 1), branch('cccc', 2)] })
    expect(answer).toMatchObject({ status: 201, body: [] })
    expect((await get('c?conflicts=true')).body).toMatchObject({ _rev: '2-cccc', n: 2, _conflicts: ['2-bbbb'] })
    expect((await get('c?rev=2-bbbb')).body).toMatchObject({ n: 1 })
    const leaves = (await get('c?open_revs=all')).body as { ok: { _rev: string } }[]
    expect(leaves.map((leaf) => leaf.ok._rev).sort()).toEqual(['2-bbbb', '2-cccc'])
    expect((await get('_changes?style=all_docs')).body).toMatchObject({ results: [{ id: 'c' }] })
    expect(await post('_revs_diff', { c: ['2-bbbb', '3-dddd'], z: ['1-a'] })).toMatchObject({
      body: { c: { missing: ['3-dddd'] }, z: { missing: ['1-a'] } },
    })
    expect((await post('_missing_revs', { c: ['3-dddd'] })).body).toMatchObject({ missing_revs: { c: ['3-dddd'] } })
  })

  test('the same revision twice is one', async () => {
    const doc = { _id: 'c', _rev: '1-abc', n: 1 }
    for (let n = 0; n < 2; n++) await post('_bulk_docs', { new_edits: false, docs: [doc] })
    expect((await get('_changes')).body).toMatchObject({ results: [{ id: 'c', changes: [{ rev: '1-abc' }] }] })
    expect((await get('')).body).toMatchObject({ doc_count: 1 })
  })

  test('PUT with new_edits false answers with the revision that was named', async () => {
    const answer = await put(
      'd',
      { _rev: '3-abc', _revisions: { start: 3, ids: ['abc', 'b', 'c'] } },
      '?new_edits=false',
    )
    expect(answer).toMatchObject({ status: 201, body: { ok: true, id: 'd', rev: '3-abc' } })
  })

  test('revs and revs_info tell the history', async () => {
    const first = await put('a', { n: 1 })
    const second = await put('a', { n: 2, _rev: revOf(first) })
    const ids = [revOf(second), revOf(first)].map((rev) => rev.slice(2))
    expect((await get('a?revs=true')).body).toMatchObject({ _revisions: { start: 2, ids } })
    expect((await get('a?revs_info=true')).body).toMatchObject({
      _revs_info: [{ rev: revOf(second), status: 'available' }, { rev: revOf(first) }],
    })
  })

  test('_bulk_get gives documents and says of each what is missing', async () => {
    await put('a', { n: 1 })
    const answer = await post('_bulk_get?revs=true', { docs: [{ id: 'a' }, { id: 'a', rev: '9-x' }, { id: 'z' }] })
    expect(answer.body).toMatchObject({
      results: [
        { id: 'a', docs: [{ ok: { n: 1, _revisions: { start: 1 } } }] },
        { id: 'a', docs: [{ error: { id: 'a', rev: '9-x', error: 'not_found', reason: 'missing' } }] },
        { id: 'z', docs: [{ error: { id: 'z', rev: 'undefined', error: 'not_found', reason: 'missing' } }] },
      ],
    })
  })

  test('[DB7] _local documents are kept beside the others: not counted, not listed, not in changes', async () => {
    expect((await put('_local/x', { n: 1 })).body).toMatchObject({ ok: true, id: '_local/x', rev: '0-1' })
    const read = await get('_local/x')
    expect(read.body).toEqual({ _id: '_local/x', _rev: '0-1', n: 1 })
    expect((await put('_local/x', { n: 2, _rev: '0-1' })).status).toBe(201)
    expect((await get('_local/x')).body).toMatchObject({ n: 2 })
    expect((await get('_changes')).body).toMatchObject({ results: [] })
    expect((await get('_all_docs')).body).toMatchObject({ rows: [] })
    expect((await couch.ask('DELETE', `${db}/_local/x`)).status).toBe(200)
    expect((await get('_local/x')).status).toBe(404)
    expect((await couch.ask('DELETE', `${db}/_local/x`)).status).toBe(404)
  })

  test('a _local document takes the last writer', async () => {
    await put('_local/x', { n: 1 })
    expect((await put('_local/x', { n: 2 })).status).toBe(201)
    expect((await get('_local/x')).body).toMatchObject({ n: 2 })
  })

  test('gzipped bodies are read', async () => {
    const body = gzipSync(JSON.stringify({ docs: [{ _id: 'z', n: 1 }] }))
    const answer = await couch.ask('POST', `${db}/_bulk_docs`, body, {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    })
    expect(answer.status).toBe(201)
    expect((await get('z')).body).toMatchObject({ n: 1 })
  })

  test('_purge forgets a revision as if it had never been', async () => {
    const first = await put('a', { n: 1 })
    await put('b', {})
    const answer = await post('_purge', { a: [revOf(first)], nothing: ['1-a'] })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ purged: { a: [revOf(first)] } })
    expect((await get('a')).body).toMatchObject({ reason: 'missing' })
    expect((await get('')).body).toMatchObject({ doc_count: 1, doc_del_count: 0 })
    expect(revOf(await put('a', { n: 1 }))).toBe(revOf(first))
  })

  test('_purge of one branch leaves the other', async () => {
    const branch = (rev: string) => ({ _id: 'c', _rev: `2-${rev}`, _revisions: { start: 2, ids: [rev, 'aaaa'] }, rev })
    await post('_bulk_docs', { new_edits: false, docs: [branch('bbbb'), branch('cccc')] })
    await post('_purge', { c: ['2-cccc'] })
    const read = await get('c?conflicts=true')
    expect(read.body).toMatchObject({ _rev: '2-bbbb', rev: 'bbbb' })
    expect(field(read, '_conflicts')).toBeUndefined()
    expect((await get('_changes')).body).toMatchObject({ results: [{ id: 'c', changes: [{ rev: '2-bbbb' }] }] })
  })
})

/** A read document as if it were the answer to its writing. */
const asWrite = <T extends { body: unknown }>(answer: T): T => ({
  ...answer,
  body: { rev: (answer.body as { _rev: string })._rev },
})
