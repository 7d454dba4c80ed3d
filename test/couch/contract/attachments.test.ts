import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, field, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 31 + (at >> 3)) & 255))
const jpeg = { 'content-type': 'image/jpeg' }

describe('attachments', () => {
  let couch: CouchUnderTest
  let db: string
  beforeAll(async () => {
    couch = await startCouch()
  })
  beforeEach(async () => {
    db = `/${await couch.freshDatabase()}`
  })
  afterAll(() => couch.stop())
  const get = (path: string, headers: Record<string, string> = {}) =>
    couch.ask('GET', `${db}/${path}`, undefined, headers)
  const attach = (path: string) => couch.ask('PUT', `${db}/${path}`, new Uint8Array(bytes), jpeg)

  test('bytes come back as they were put, with type, length and ETag', async () => {
    const answer = await attach('a/p.jpg')
    expect(answer).toMatchObject({ status: 201, body: { ok: true, id: 'a' } })
    const read = await get('a/p.jpg')
    expect(read.bytes.equals(bytes)).toBe(true)
    expect(read.headers.get('content-type')).toBe('image/jpeg')
    const head = await couch.ask('HEAD', `${db}/a/p.jpg`)
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
    const etag = String(read.headers.get('etag'))
    expect((await get('a/p.jpg', { 'if-none-match': etag })).status).toBe(304)
  })

  test('[DB13] a range is answered with that part, one beyond the end refused', async () => {
    await attach('a/p.jpg')
    const part = await get('a/p.jpg', { range: 'bytes=100-199' })
    expect(part.status).toBe(206)
    expect(part.bytes.equals(bytes.subarray(100, 200))).toBe(true)
    expect(part.headers.get('content-range')).toBe('bytes 100-199/100000')
    const tail = await get('a/p.jpg', { range: 'bytes=-10' })
    expect(tail.bytes.equals(bytes.subarray(-10))).toBe(true)
    expect((await get('a/p.jpg', { range: 'bytes=100000-100001' })).status).toBe(416)
  })

  test('inline data becomes a stub; an update that names the stub keeps the bytes', async () => {
    const inline = { 'f.txt': { content_type: 'text/plain', data: 'aGVsbG8=' } }
    await couch.ask('PUT', `${db}/a`, { _attachments: inline })
    const doc = (await get('a')).body as Record<string, unknown>
    expect(doc._attachments).toMatchObject({
      'f.txt': { stub: true, length: 5, digest: expect.stringMatching(/^md5-/), revpos: 1 },
    })
    expect((await couch.ask('PUT', `${db}/a`, { ...doc, n: 1 })).status).toBe(201)
    expect((await get('a?attachments=true')).body).toMatchObject({
      n: 1,
      _attachments: { 'f.txt': { data: 'aGVsbG8=', revpos: 1 } },
    })
  })

  test('a stub needs no more than the name', async () => {
    const first = await couch.ask('PUT', `${db}/a`, {
      _attachments: { t: { content_type: 'text/plain', data: 'aGk=' } },
    })
    const answer = await couch.ask('PUT', `${db}/a`, { _rev: revOf(first), _attachments: { t: { stub: true } } })
    expect(answer.status).toBe(201)
    expect((await get('a/t')).text).toBe('hi')
  })

  test('[DB14] a stub of nothing is 412 missing_stub', async () => {
    const first = await couch.ask('PUT', `${db}/a`, {})
    const stub = {
      x: { stub: true, content_type: 'text/plain', digest: 'md5-AAAAAAAAAAAAAAAAAAAAAA==', length: 1, revpos: 1 },
    }
    const answer = await couch.ask('PUT', `${db}/a`, { _rev: revOf(first), _attachments: stub })
    expect(answer).toMatchObject({ status: 412, body: { error: 'missing_stub' } })
  })

  test('names may hold slashes, spaces and other scripts', async () => {
    await couch.ask('PUT', `${db}/a/x/y%20${encodeURIComponent('写真')}.txt`, 'hi', { 'content-type': 'text/plain' })
    expect((await get(`a/x/y%20${encodeURIComponent('写真')}.txt`)).text).toBe('hi')
    expect(Object.keys(field(await get('a'), '_attachments') as object)).toEqual(['x/y 写真.txt'])
  })

  test('an empty attachment is one', async () => {
    await couch.ask('PUT', `${db}/a/empty`, '', { 'content-type': 'text/plain' })
    expect(await get('a/empty')).toMatchObject({ status: 200, text: '' })
  })

  test('writing and removing needs the current revision', async () => {
    const first = await attach('a/p.jpg')
    expect((await attach('a/q.jpg')).status).toBe(409)
    expect((await attach(`a/q.jpg?rev=${revOf(first)}`)).status).toBe(201)
    expect((await couch.ask('DELETE', `${db}/a/q.jpg`)).status).toBe(409)
    const current = String(field(await get('a'), '_rev'))
    expect((await couch.ask('DELETE', `${db}/a/q.jpg?rev=${current}`)).status).toBe(200)
    expect((await get('a/q.jpg')).status).toBe(404)
    expect((await get('a/p.jpg')).status).toBe(200)
  })

  test('what is not there is 404 with the reason', async () => {
    await couch.ask('PUT', `${db}/a`, {})
    expect((await get('a/none')).body).toEqual({ error: 'not_found', reason: 'Document is missing attachment' })
    expect((await get('none/none')).status).toBe(404)
  })

  test('[DB15] multipart both ways: what is put as multipart/related is got as such', async () => {
    const json = { n: 1, _attachments: { 'm.txt': { follows: true, content_type: 'text/plain', length: 5 } } }
    const body = `--xyz\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(json)}\r\n--xyz\r\n\r\nworld\r\n--xyz--`
    const answer = await couch.ask('PUT', `${db}/a`, body, { 'content-type': 'multipart/related;boundary="xyz"' })
    expect(answer.status).toBe(201)
    expect((await get('a/m.txt')).text).toBe('world')
    await couch.ask('PUT', `${db}/a/p.jpg?rev=${revOf(answer)}`, new Uint8Array(bytes), jpeg)
    const read = await get('a?attachments=true', { accept: 'multipart/related' })
    expect(read.headers.get('content-type')).toMatch(/^multipart\/related/)
    const parts = partsOf(read)
    expect(JSON.parse(String(parts[0]?.body))).toMatchObject({ n: 1, _attachments: { 'p.jpg': { follows: true } } })
    expect(parts.some((part) => part.body.equals(bytes))).toBe(true)
  })

  test('open_revs and _bulk_get give multipart/mixed with documents inside', async () => {
    await attach('a/p.jpg')
    await couch.ask('PUT', `${db}/b`, { n: 1 })
    const opened = await get('a?open_revs=all&revs=true&attachments=true', { accept: 'multipart/mixed' })
    expect(opened.headers.get('content-type')).toMatch(/^multipart\/mixed/)
    expect(opened.bytes.includes(bytes)).toBe(true)
    const got = await couch.ask(
      'POST',
      `${db}/_bulk_get?attachments=true`,
      { docs: [{ id: 'a' }, { id: 'b' }, { id: 'z', rev: '1-a' }] },
      { accept: 'multipart/mixed', 'content-type': 'application/json' },
    )
    expect(got.headers.get('content-type')).toMatch(/^multipart\/mixed/)
    expect(got.bytes.includes(bytes)).toBe(true)
    const parts = partsOf(got)
    expect(parts).toHaveLength(3)
    expect(parts[2]?.headers).toMatch(/error="true"/)
  })

  test('_bulk_get with attachments carries them as base64', async () => {
    await attach('a/p.jpg')
    const answer = await couch.ask('POST', `${db}/_bulk_get?attachments=true`, { docs: [{ id: 'a' }] })
    expect(answer.body).toMatchObject({
      results: [{ docs: [{ ok: { _attachments: { 'p.jpg': { data: bytes.toString('base64') } } } }] }],
    })
  })
})

/** The parts of a multipart answer, with their headers as text. */
function partsOf({ headers, bytes: all }: Answer): { headers: string; body: Buffer }[] {
  const boundary = /boundary="?([^";]+)"?/.exec(String(headers.get('content-type')))?.[1]
  const text = `\r\n${all.toString('latin1')}`
  const pieces = text.split(`\r\n--${boundary}`).slice(1, -1)
  return pieces.map((piece) => {
    const end = piece.indexOf('\r\n\r\n')
    return { headers: piece.slice(0, end), body: Buffer.from(piece.slice(end + 4), 'latin1') }
  })
}
