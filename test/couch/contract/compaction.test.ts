import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { field, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

const missing = { status: 404, body: { error: 'not_found', reason: 'missing' } }

describe('compaction', () => {
  let couch: CouchUnderTest
  let db: string
  beforeAll(async () => {
    couch = await startCouch()
  })
  beforeEach(async () => {
    db = `/${await couch.freshDatabase()}`
  })
  afterAll(() => couch.stop())
  const get = (path: string) => couch.ask('GET', `${db}/${path}`)
  const post = (path: string, body: unknown) => couch.ask('POST', `${db}/${path}`, body)

  /** Revisions of a document rewritten so many times, the newest last. */
  async function rewrite(id: string, times: number, body: object = {}): Promise<string[]> {
    const revs: string[] = []
    for (let n = 0; n < times; n++) {
      const rev = revs.at(-1)
      revs.push(revOf(await couch.ask('PUT', `${db}/${id}`, { ...body, n, ...(rev ? { _rev: rev } : {}) })))
    }
    return revs
  }

  async function compact(): Promise<void> {
    expect(await post('_compact', {})).toMatchObject({ status: 202, body: { ok: true } })
    await expect.poll(async () => field(await get(''), 'compact_running'), { timeout: 20_000 }).toBe(false)
  }

  test('[DB54] bodies of replaced revisions are there until a compaction, and missing after it', async () => {
    const revs = await rewrite('a', 4)
    const [first = '', , , last = ''] = revs
    expect((await get(`a?rev=${first}`)).body).toMatchObject({ n: 0 })
    await compact()
    expect(await get(`a?rev=${first}`)).toMatchObject(missing)
    expect((await get(`a?rev=${last}`)).body).toMatchObject({ n: 3 })
    expect((await get('a')).body).toMatchObject({ n: 3 })
    const leaves = (await get(`a?open_revs=["${first}","${last}"]`)).body
    expect(leaves).toContainEqual({ missing: first })
    expect(leaves).toContainEqual({ ok: { _id: 'a', _rev: last, n: 3 } })
    const { body } = await post('_bulk_get', { docs: [{ id: 'a', rev: first }] })
    expect(body).toMatchObject({
      results: [{ docs: [{ error: { rev: first, error: 'not_found', reason: 'missing' } }] }],
    })
  })

  test('[DB67] of a history that was brought in one go only the leaves keep their bodies', async () => {
    const [a, b, c, x] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(32)) as [string, string, string, string]
    const docs = [
      { _id: 'a', _rev: `1-${a}`, n: 1 },
      { _id: 'a', _rev: `2-${b}`, _revisions: { start: 2, ids: [b, a] }, n: 2 },
      { _id: 'a', _rev: `3-${c}`, _revisions: { start: 3, ids: [c, b, a] }, _deleted: true },
      { _id: 'a', _rev: `1-${x}`, n: 9 },
    ]
    await post('_bulk_docs', { new_edits: false, docs })
    expect((await get(`a?rev=2-${b}`)).body).toMatchObject({ n: 2 })
    await compact()
    for (const rev of [`1-${a}`, `2-${b}`]) expect(await get(`a?rev=${rev}`)).toMatchObject(missing)
    expect((await get(`a?rev=3-${c}`)).body).toMatchObject({ _deleted: true })
    expect((await get('a')).body).toMatchObject({ n: 9 })
    expect((await get('')).body).toMatchObject({ doc_count: 1, doc_del_count: 0 })
  })

  test('[DB55] the history of revisions stays, so that nobody sends compacted ones again', async () => {
    const revs = await rewrite('a', 3)
    await compact()
    const status = ['available', 'missing', 'missing']
    expect((await get('a?revs_info=true')).body).toMatchObject({
      _revs_info: revs.toReversed().map((rev, n) => ({ rev, status: status[n] })),
    })
    expect((await get('a?revs=true')).body).toMatchObject({
      _revisions: { start: 3, ids: revs.toReversed().map((rev) => rev.slice(2)) },
    })
    expect((await post('_revs_diff', { a: [...revs, '4-dddd'] })).body).toMatchObject({ a: { missing: ['4-dddd'] } })
    expect((await post('_revs_diff', { a: revs })).body).toEqual({})
    expect((await get('_changes?style=all_docs')).body).toMatchObject({ results: [{ changes: [{ rev: revs[2] }] }] })
  })

  test('a revision is added to a compacted history, and an edit of a compacted one is a conflict', async () => {
    const [first = '', second = ''] = await rewrite('a', 2)
    await compact()
    expect((await couch.ask('PUT', `${db}/a`, { n: 9, _rev: first })).status).toBe(409)
    const branch = { _id: 'a', _rev: '2-ffffffffffffffffffffffffffffffff', branch: true }
    const ids = [branch._rev.slice(2), first.slice(2)]
    await post('_bulk_docs', { new_edits: false, docs: [{ ...branch, _revisions: { start: 2, ids } }] })
    expect((await get('a?conflicts=true')).body).toMatchObject({ branch: true, _conflicts: [second] })
    expect((await couch.ask('PUT', `${db}/a`, { n: 3, _rev: second })).status).toBe(201)
  })

  test('[DB56] every leaf keeps its body: branches and tombstones', async () => {
    const branch = (rev: string) => ({ _id: 'c', _rev: `2-${rev}`, _revisions: { start: 2, ids: [rev, 'aaaa'] }, rev })
    await post('_bulk_docs', { new_edits: false, docs: [branch('bbbb'), branch('cccc')] })
    const [rev = ''] = await rewrite('gone', 1)
    const tombstone = revOf(await post('', { _id: 'gone', _rev: rev, _deleted: true, why: 'left' }))
    await compact()
    for (const id of ['bbbb', 'cccc']) expect((await get(`c?rev=2-${id}`)).body).toMatchObject({ rev: id })
    expect((await get(`gone?rev=${tombstone}`)).body).toMatchObject({ _deleted: true, why: 'left' })
    expect(await get(`gone?rev=${rev}`)).toMatchObject(missing)
    expect((await get('')).body).toMatchObject({ doc_count: 1, doc_del_count: 1 })
  })

  test('[DB57] attachments that a leaf refers to stay, however many revisions shared them', async () => {
    const text = (data: string) => ({ content_type: 'text/plain', data: Buffer.from(data).toString('base64') })
    const first = await couch.ask('PUT', `${db}/a`, { _attachments: { kept: text('kept'), replaced: text('old') } })
    const kept = { content_type: 'text/plain', stub: true }
    await couch.ask('PUT', `${db}/a`, { _rev: revOf(first), _attachments: { kept, replaced: text('new') } })
    const other = await couch.ask('PUT', `${db}/b`, { _attachments: { shared: text('old') } })
    await couch.ask('PUT', `${db}/b`, { _rev: revOf(other), _attachments: { shared: { ...kept } } })
    const [rev] = await rewrite('c', 1, { _attachments: { only: text('only') } })
    await couch.ask('PUT', `${db}/c`, { _rev: rev })
    await compact()
    expect((await get('a/kept')).text).toBe('kept')
    expect((await get('a/replaced')).text).toBe('new')
    expect((await get('b/shared')).text).toBe('old')
    expect((await get('c/only')).status).toBe(404)
    expect((await get(`c/only?rev=${rev}`)).status).toBe(404)
    await couch.ask('PUT', `${db}/d`, { _attachments: { again: text('only') } })
    expect((await get('d/again')).text).toBe('only')
  })

  test('[DB58] a compaction makes a database smaller, and sizes say so', async () => {
    const text = Array.from({ length: 2000 }, (_, n) => (n * 7919) % 65_521).join(' ')
    await rewrite('a', 60, { text })
    type Sizes = { file: number; active: number; external: number }
    const sizes = async () => field(await get(''), 'sizes') as Sizes
    await expect.poll(async () => (await sizes()).file).toBeGreaterThan(60 * 2000)
    const before = await sizes()
    await compact()
    await expect.poll(async () => (await sizes()).file, { timeout: 10_000 }).toBeLessThan(before.file / 4)
    const after = await sizes()
    expect(after.external).toBeGreaterThan(2000)
    expect(after.external).toBeLessThan(3 * text.length)
    expect(after.active).toBeLessThanOrEqual(after.file)
    expect((await get('a')).body).toMatchObject({ n: 59, text })
  })

  test('writers and readers go on during a compaction', async () => {
    for (const id of ['a', 'b', 'c']) await rewrite(id, 20)
    const compacted = compact()
    const revs = await rewrite('d', 30)
    await compacted
    expect((await get('d')).body).toMatchObject({ _rev: revs.at(-1), n: 29 })
    await compact()
    for (const id of ['a', 'b', 'c']) expect((await get(id)).body).toMatchObject({ n: 19 })
  })

  test('[DB59] a compacted database replicates', async () => {
    const revs = await rewrite('a', 5)
    await compact()
    const target = await couch.freshDatabase()
    const end = (name: string) => ({ url: `${couch.url}/${name}`, headers: { Authorization: couch.authorization } })
    for (let round = 0; round < 2; round++) {
      const answer = await couch.ask('POST', '/_replicate', { source: end(db.slice(1)), target: end(target) })
      expect(answer.body, answer.text).toMatchObject({ ok: true })
      await rewriteOnce(revs.at(-1) ?? '')
    }
    expect((await couch.ask('GET', `/${target}/a`)).body).toMatchObject({ n: 'later' })
  })

  async function rewriteOnce(rev: string): Promise<void> {
    await couch.ask('PUT', `${db}/a`, { n: 'later', _rev: rev })
  }

  test('only admins may compact, and the index of a design document that is not there cannot be', async () => {
    await couch.ask('PUT', `${db}/_security`, { members: { roles: ['staff'] } })
    const staff = await couch.as('somebody', ['staff'])
    expect((await staff('POST', `${db}/_compact`, {})).status).toBe(401)
    expect((await post('_compact/none', {})).status).toBe(404)
    await couch.ask('PUT', `${db}/_design/x`, { views: { v: { map: 'function (doc) { emit(doc._id) }' } } })
    expect((await post('_compact/x', {})).status).toBe(202)
  })
})
