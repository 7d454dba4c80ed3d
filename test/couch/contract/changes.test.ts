import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { field, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

type Row = { id: string; seq: string; deleted?: boolean; doc?: Record<string, unknown> }

describe('changes', () => {
  let couch: CouchUnderTest
  let db: string
  beforeAll(async () => {
    couch = await startCouch()
  })
  beforeEach(async () => {
    db = `/${await couch.freshDatabase()}`
  })
  afterAll(() => couch.stop())
  const put = (id: string, body: object = {}) => couch.ask('PUT', `${db}/${id}`, body)
  const changes = async (query = '', body?: object) => {
    const path = `${db}/_changes${query}`
    const answer = body ? await couch.ask('POST', path, body) : await couch.ask('GET', path)
    return { answer, rows: (field(answer, 'results') ?? []) as Row[], lastSeq: String(field(answer, 'last_seq')) }
  }
  const ids = (rows: Row[]) => rows.map((row) => row.id).sort()

  test('[DB8] each document is listed once, with its latest revision; a later read continues where one ended', async () => {
    await put('a')
    const b = await put('b')
    await couch.ask('DELETE', `${db}/b?rev=${revOf(b)}`)
    const first = await changes()
    expect(ids(first.rows)).toEqual(['a', 'b'])
    expect(first.rows.find((row) => row.id === 'b')).toMatchObject({ deleted: true })
    const since = `?since=${encodeURIComponent(first.lastSeq)}`
    expect((await changes(since)).rows).toEqual([])
    await put('c')
    expect(ids((await changes(since)).rows)).toEqual(['c'])
    const seq = encodeURIComponent(String(first.rows[0]?.seq))
    expect((await changes(`?since=${seq}`)).rows.length).toBe(2)
  })

  test('a limit leaves the rest pending', async () => {
    for (const id of ['a', 'b', 'c']) await put(id)
    const page = await changes('?limit=2')
    expect(page.rows).toHaveLength(2)
    expect(field(page.answer, 'pending')).toBe(1)
    const rest = await changes(`?since=${encodeURIComponent(page.lastSeq)}`)
    expect(ids([...page.rows, ...rest.rows])).toEqual(['a', 'b', 'c'])
  })

  test('since=now is after everything', async () => {
    await put('a')
    const now = await changes('?since=now')
    expect(now.rows).toEqual([])
    await put('b')
    expect(ids((await changes(`?since=${encodeURIComponent(now.lastSeq)}`)).rows)).toEqual(['b'])
  })

  test('descending begins with the latest', async () => {
    for (const id of ['a', 'b']) await put(id)
    expect((await changes('?descending=true&limit=1')).rows).toHaveLength(1)
  })

  test('include_docs brings documents, conflicts and the tombstone', async () => {
    const a = await put('a', { n: 1 })
    await couch.ask('DELETE', `${db}/a?rev=${revOf(a)}`)
    await put('b', { n: 2 })
    const { rows } = await changes('?include_docs=true')
    expect(rows.find((row) => row.id === 'b')?.doc).toMatchObject({ _id: 'b', n: 2 })
    expect(rows.find((row) => row.id === 'a')?.doc).toMatchObject({ _id: 'a', _deleted: true })
  })

  test('filters: ids, selector, design documents, a filter function, a view', async () => {
    await put('a', { n: 1 })
    await put('b', { n: 2 })
    await put('_design/d', {
      filters: { by: 'function (doc, req) { return String(doc.n) === req.query.n }' },
      views: { odd: { map: 'function (doc) { if (doc.n % 2) emit(doc.n) }' } },
    })
    expect(ids((await changes('?filter=_doc_ids', { doc_ids: ['b', 'z'] })).rows)).toEqual(['b'])
    expect(ids((await changes('?filter=_selector', { selector: { n: { $gt: 1 } } })).rows)).toEqual(['b'])
    expect(ids((await changes('?filter=_design')).rows)).toEqual(['_design/d'])
    expect(ids((await changes('?filter=d/by&n=1')).rows)).toEqual(['a'])
    expect(ids((await changes('?filter=_view&view=d/odd')).rows)).toEqual(['a'])
    expect((await changes('?filter=d/none')).answer.status).toBe(404)
    expect((await changes('?filter=nonsense')).answer.status).toBe(400)
  })

  test('[DB9] a filtered read moves past what it left out', async () => {
    for (const id of ['a', 'b', 'c']) await put(id)
    const { rows, lastSeq } = await changes('?filter=_doc_ids', { doc_ids: ['z'] })
    expect(rows).toEqual([])
    expect((await changes(`?since=${encodeURIComponent(lastSeq)}`)).rows).toEqual([])
  })

  test('a longpoll answers at once when there is something', async () => {
    await put('a')
    expect(ids((await changes('?feed=longpoll')).rows)).toEqual(['a'])
  })

  test('[DB10] a longpoll answers when something comes', async () => {
    const { lastSeq } = await changes()
    const waiting = changes(`?feed=longpoll&since=${encodeURIComponent(lastSeq)}`)
    await put('late')
    expect(ids((await waiting).rows)).toEqual(['late'])
  })

  test('a longpoll that nothing comes to ends after its timeout with the sequence', async () => {
    const { rows, lastSeq } = await changes('?feed=longpoll&since=now&timeout=200')
    expect(rows).toEqual([])
    await put('a')
    expect(ids((await changes(`?since=${encodeURIComponent(lastSeq)}`)).rows)).toEqual(['a'])
  })

  test('a filtered longpoll sleeps through what it left out', async () => {
    const { lastSeq } = await changes()
    const since = encodeURIComponent(lastSeq)
    const waiting = changes(`?feed=longpoll&since=${since}&filter=_doc_ids`, { doc_ids: ['wanted'] })
    await put('other')
    await put('wanted')
    expect(ids((await waiting).rows)).toEqual(['wanted'])
  })

  test('[DB11] a continuous feed sends a line per change, never compressed, and signs of life', async () => {
    const feed = await follow(`${db}/_changes?feed=continuous&heartbeat=100`)
    await put('a')
    await feed.until((text) => text.includes('"id":"a"'))
    await put('b')
    const text = await feed.until((all) => all.includes('"id":"b"') && /\n\n/.test(all))
    expect(feed.encoding).toBeUndefined()
    const lines = text.split('\n').filter(Boolean)
    expect(lines.map((line) => (JSON.parse(line) as Row).id)).toEqual(['a', 'b'])
    feed.leave()
  })

  test('a continuous feed without heartbeat ends after its timeout with last_seq', async () => {
    await put('a')
    const { text } = await couch.ask('GET', `${db}/_changes?feed=continuous&timeout=200`)
    const lines = text.trim().split('\n')
    expect(JSON.parse(String(lines.at(-1)))).toMatchObject({ last_seq: expect.anything() })
  })

  test('a continuous feed ends at its limit', async () => {
    await put('a')
    await put('b')
    const { text } = await couch.ask('GET', `${db}/_changes?feed=continuous&limit=1`)
    expect(text.trim().split('\n')).toHaveLength(2)
  })

  test('an event source sends data and ids', async () => {
    await put('a')
    const feed = await follow(`${db}/_changes?feed=eventsource&since=0`)
    const text = await feed.until((all) => /^id: /m.test(all))
    expect(feed.type).toContain('text/event-stream')
    expect(text).toMatch(/^data: \{.*"id":"a"/m)
    feed.leave()
  })

  test('[DB12] deleting a database ends its feeds', async () => {
    const feed = await follow(`${db}/_changes?feed=continuous&heartbeat=1000&since=now`)
    await couch.ask('DELETE', db)
    await feed.ended
  })

  /** Opens a feed as a client that reads as it comes. */
  function follow(path: string) {
    const url = new URL(couch.url + path)
    type Feed = {
      encoding: string | undefined
      type: string
      until(done: (text: string) => boolean): Promise<string>
      ended: Promise<void>
      leave(): void
    }
    return new Promise<Feed>((resolve, reject) => {
      const headers = { authorization: couch.authorization, 'accept-encoding': 'gzip' }
      const asked = request(url, { headers }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          response.emit('more')
        })
        response.on('error', () => {})
        resolve({
          encoding: response.headers['content-encoding'],
          type: String(response.headers['content-type']),
          ended: new Promise((ended) => response.once('close', () => ended())),
          leave: () => asked.destroy(),
          until: (done) =>
            new Promise((found) => {
              const look = () => {
                if (!done(text)) return
                response.off('more', look)
                found(text)
              }
              response.on('more', look)
              look()
            }),
        })
      })
      asked.once('error', reject)
      asked.end()
    })
  }

  test('[DB64] a row shows the winner, whichever revision came last, and any id and body', async () => {
    const branch = (rev: string) => ({ _id: 'c', _rev: `2-${rev}`, _revisions: { start: 2, ids: [rev, 'aaaa'] }, rev })
    for (const rev of ['cccc', 'bbbb']) {
      await couch.ask('POST', `${db}/_bulk_docs`, { new_edits: false, docs: [branch(rev)] })
    }
    const id = 'a"\\ 通"_id":"x'
    const nested = { inner: { _id: 'no', _rev: '1-no' }, list: [{ _id: 'no', _rev: '1-no', _deleted: true }] }
    const file = { content_type: 'text/plain', data: 'aGk=' }
    await couch.ask('POST', db, { _id: id, ...nested, _attachments: { file } })
    const gone = await couch.ask('PUT', `${db}/gone`, { n: 1 })
    await couch.ask('DELETE', `${db}/gone?rev=${revOf(gone)}`)
    const { body } = await couch.ask('GET', `${db}/_changes?style=all_docs&include_docs=true&conflicts=true`)
    const rows = (body as { results: { id: string }[] }).results
    const row = (wanted: string) => rows.find((each) => each.id === wanted)
    expect(row('c')).toMatchObject({
      changes: [{ rev: '2-cccc' }, { rev: '2-bbbb' }],
      doc: { _rev: '2-cccc', rev: 'cccc', _conflicts: ['2-bbbb'] },
    })
    expect(row(id)).toMatchObject({
      doc: { _id: id, ...nested, _attachments: { file: { stub: true, length: 2, content_type: 'text/plain' } } },
    })
    expect(row('gone')).toMatchObject({ deleted: true, doc: { _id: 'gone', _deleted: true } })
    const bare = await couch.ask('GET', `${db}/_changes`)
    expect(new Set((bare.body as { results: { id: string }[] }).results.map((each) => each.id))).toEqual(
      new Set(['c', id, 'gone']),
    )
  })
})
