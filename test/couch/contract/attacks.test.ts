import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { field, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

const hostileIds = [
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  'a\u0000b',
  ' ',
  '%2e%2e',
  'x'.repeat(3000),
  '\u202e😀',
  "'; DROP",
]

describe('attacks', () => {
  let couch: CouchUnderTest
  let db: string
  beforeAll(async () => {
    couch = await startCouch()
  })
  beforeEach(async () => {
    db = `/${await couch.freshDatabase()}`
  })
  afterAll(() => couch.stop())
  const alive = async () => expect((await couch.ask('GET', '/_up')).status).toBe(200)

  test('[DB24] hostile database names are refused and hostile document ids are only ids', async () => {
    const names = ['__proto__', 'constructor%2F..%2F..', '..%2F..%2Fx', 'A', '1a', 'a b', 'a%00b', '%5F%5Fproto__', 'ä']
    for (const name of names) {
      const answer = await couch.ask('PUT', `/${name}`)
      if (name.startsWith('constructor')) expect([400, 412], name).toContain(answer.status)
      else expect(answer.status, name).toBe(400)
    }
    for (const id of hostileIds) {
      const path = `${db}/${encodeURIComponent(id)}`
      expect((await couch.ask('PUT', path, { id })).body, id).toMatchObject({ ok: true, id })
      expect((await couch.ask('GET', path)).body).toMatchObject({ _id: id, id })
      const diff = await couch.ask('POST', `${db}/_revs_diff`, { [id]: ['9-x'] })
      expect(diff.body).toMatchObject({ [id]: { missing: ['9-x'] } })
      expect((await couch.ask('POST', `${db}/_bulk_get`, { docs: [{ id }] })).body).toMatchObject({ results: [{ id }] })
    }
    expect((await couch.ask('GET', db)).body).toMatchObject({ doc_count: hostileIds.length })
  })

  test('a database named like a member of every object is a database like any other', async () => {
    for (const name of ['constructor', 'valueof', 'tostring']) {
      expect((await couch.ask('GET', `/${name}`)).status, name).toBe(404)
    }
    expect((await couch.ask('PUT', '/constructor')).status).toBe(201)
    expect((await couch.ask('DELETE', '/constructor')).status).toBe(200)
  })

  test('ids that start with an underscore are reserved', async () => {
    for (const id of ['_x', '__proto__', '_attachments']) {
      const bulk = await couch.ask('POST', `${db}/_bulk_docs`, { docs: [{ _id: id }] })
      expect(bulk, id).toMatchObject({ status: 400, body: { error: 'illegal_docid' } })
    }
  })

  test('[DB25] special members that mean nothing are refused', async () => {
    const bad = [
      '{"__proto__":{"admin":true}}',
      '{"_foo":1}',
      '{"_rev_tree":[]}',
      '{"_deleted":1}',
      '{"_attachments":1}',
    ]
    for (const body of bad) {
      const answer = await couch.ask('PUT', `${db}/a`, body, { 'content-type': 'application/json' })
      expect(answer, body).toMatchObject({ status: 400, body: { error: 'doc_validation' } })
    }
    expect((await couch.ask('PUT', `${db}/a`, { _rev: 'x' })).body).toMatchObject({ reason: 'Invalid rev format' })
    await couch.ask('PUT', `${db}/a`, '{"deep":{"__proto__":{"admin":true}}}', { 'content-type': 'application/json' })
    expect((await couch.ask('GET', `${db}/a`)).status).toBe(200)
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
  })

  test('[DB26] a document of more than 8 MB is 413, alone and in a bulk, and nothing of the bulk is written', async () => {
    const text = 'x'.repeat(8_000_001)
    expect(await couch.ask('PUT', `${db}/big`, { text })).toMatchObject({
      status: 413,
      body: { error: 'document_too_large' },
    })
    const bulk = await couch.ask('POST', `${db}/_bulk_docs`, { docs: [{ _id: 'small' }, { _id: 'big', text }] })
    expect(bulk).toMatchObject({ status: 413, body: { error: 'document_too_large', reason: 'big' } })
    expect((await couch.ask('GET', `${db}/small`)).status).toBe(404)
    expect((await couch.ask('PUT', `${db}/fits`, { text: 'x'.repeat(7_900_000) })).status).toBe(201)
  })

  test('bytes of attachments are not counted as document', async () => {
    const data = Buffer.alloc(9_000_000, 1).toString('base64')
    const answer = await couch.ask('PUT', `${db}/a`, { _attachments: { big: { content_type: 'image/jpeg', data } } })
    expect(answer.status).toBe(201)
  })

  test('[DB27] an invented revision is taken and may win: new_edits false is for those who are trusted', async () => {
    const honest = await couch.ask('PUT', `${db}/fact`, { points: 1 })
    const invented = { _id: 'fact', _rev: '99-ffffffffffffffffffffffffffffffff', points: 1000 }
    await couch.ask('POST', `${db}/_bulk_docs`, { new_edits: false, docs: [invented] })
    const read = await couch.ask('GET', `${db}/fact?conflicts=true`)
    expect(read.body).toMatchObject({ points: 1000, _conflicts: [revOf(honest)] })
  })

  test('[DB28] a replicated revision of a known document reaches the validator without its history', async () => {
    await couch.ask('PUT', `${db}/_design/d`, {
      validate_doc_update:
        "function (after, before) { if (before) throw({ forbidden: 'before' }); if (after.fail) throw({ forbidden: 'no before' }) }",
    })
    const first = await couch.ask('PUT', `${db}/fact`, { points: 1 })
    const push = (doc: object) =>
      couch.ask('POST', `${db}/_bulk_docs`, { new_edits: false, docs: [{ _id: 'fact', ...doc }] })
    const stranger = await push({ _rev: '1-ffffffffffffffffffffffffffffffff', fail: true })
    expect(stranger.body).toMatchObject([{ error: 'forbidden', reason: 'no before' }])
    const ids = ['ffffffffffffffffffffffffffffffff', revOf(first).slice(2)]
    const child = await push({ _rev: `2-${ids[0]}`, _revisions: { start: 2, ids } })
    expect(child.body).toMatchObject([{ error: 'forbidden', reason: 'before' }])
  })

  test('[DB29] bodies of the wrong shape are refused and harm nobody', async () => {
    const shapes: [string, unknown][] = [
      ['/_bulk_docs', []],
      ['/_bulk_docs', { docs: 1 }],
      ['/_bulk_docs', { docs: [1] }],
      ['/_bulk_docs', { docs: [null] }],
      ['/_bulk_docs', { docs: [{ _id: 1 }] }],
      ['/_bulk_docs', { docs: [{ _id: 'a' }], new_edits: false }],
      ['/_bulk_docs', { docs: [{ _id: 'a', _revisions: 1 }], new_edits: false }],
      ['/_bulk_docs', { docs: [{ _id: 'a', _revisions: { start: 1 } }], new_edits: false }],
      ['/_bulk_docs', { docs: [{ _id: 'a', _revisions: { start: 1, ids: [1] } }], new_edits: false }],
      ['/_bulk_docs', { docs: [{ _id: 'a', _attachments: { x: { data: '$' } } }] }],
      ['/_bulk_docs', { docs: [{ _id: 'a', _attachments: { x: { data: 5 } } }] }],
      ['/_bulk_docs', { docs: [{ _id: 'a', _attachments: { _x: { data: '' } } }] }],
      ['/_bulk_get', { docs: 1 }],
      ['/_revs_diff', { a: 1 }],
      ['/_revs_diff', { a: [1] }],
      ['/_revs_diff', []],
      ['/_find', { selector: 1 }],
      ['/_find', { selector: { a: { $unknown: 1 } } }],
      ['/_find', { selector: {}, limit: 'x' }],
      ['/_index', { index: 1 }],
      ['/_all_docs', { keys: 1 }],
      ['/_changes?filter=_doc_ids', { doc_ids: 1 }],
    ]
    for (const [path, body] of shapes) {
      const answer = await couch.ask('POST', db + path, body)
      expect(answer.status, `${path} ${JSON.stringify(body)}: ${answer.text}`).toBeGreaterThanOrEqual(400)
    }
    await alive()
    expect((await couch.ask('PUT', `${db}/after`, {})).status).toBe(201)
  })

  test('bodies that are no JSON, no gzip or of another type are refused', async () => {
    const json = { 'content-type': 'application/json' }
    expect((await couch.ask('PUT', `${db}/a`, '{bad', json)).status).toBe(400)
    expect((await couch.ask('PUT', `${db}/a`, '[]', json)).status).toBe(400)
    expect((await couch.ask('POST', `${db}/_bulk_docs`, '{}', { 'content-type': 'text/plain' })).status).toBe(415)
    const gzip = { ...json, 'content-encoding': 'gzip' }
    expect((await couch.ask('POST', `${db}/_bulk_docs`, 'not gzip', gzip)).status).toBeGreaterThanOrEqual(400)
    const cut = gzipSync(JSON.stringify({ docs: [{}] })).subarray(0, 20)
    expect((await couch.ask('POST', `${db}/_bulk_docs`, cut, gzip)).status).toBeGreaterThanOrEqual(400)
    await alive()
  })

  test('queries with the wrong shape are refused', async () => {
    const paths = [
      '/a?rev=x',
      '/a?open_revs=x',
      '/_changes?since=x',
      '/_changes?feed=x',
      '/_changes?heartbeat=x',
      '/_changes?limit=x',
      '/%ff',
    ]
    await couch.ask('PUT', `${db}/a`, {})
    for (const path of paths) {
      const { status } = await couch.ask('GET', db + path)
      expect(status, path).toBeGreaterThanOrEqual(400)
    }
    await alive()
  })

  test('[DB30] a validator that never ends is stopped, and what it judged is not written', async () => {
    await couch.ask('PUT', `${db}/_design/d`, {
      validate_doc_update: 'function (after) { while (after.loop) {} }',
    })
    expect((await couch.ask('PUT', `${db}/fine`, {})).status).toBe(201)
    if (couch.isEmbedded) {
      const bulk = await couch.ask('POST', `${db}/_bulk_docs`, { docs: [{ _id: 'x', loop: true }, { _id: 'y' }] })
      expect(bulk.body).toMatchObject([
        { id: 'x', error: 'timeout' },
        { id: 'y', ok: true },
      ])
      expect((await couch.ask('GET', `${db}/x`)).status).toBe(404)
    }
    await alive()
  })

  test('[DB31] a validator cannot reach the server around it', async () => {
    const escapes = [
      "this.constructor.constructor('return process')()",
      "after.constructor.constructor('return process')()",
      "user.roles.constructor.constructor('return process')()",
      "require('fs')",
      'process.exit()',
    ]
    for (const [at, way] of escapes.entries()) {
      const design = `/_design/d${at}`
      const source = `function (after, before, user, security) { var got = null; try { got = ${way} } catch (e) {}; if (got) throw({ forbidden: 'out' }) }`
      await couch.ask('PUT', db + design, { validate_doc_update: source })
      expect((await couch.ask('PUT', `${db}/x${at}`, {})).status, way).toBe(201)
    }
    await alive()
  })

  test('a validator that throws something else or does not compile lets nothing in', async () => {
    for (const source of ["function () { throw('x') }", 'function () { nothing.there }', 'not javascript (']) {
      const put = await couch.ask('PUT', `${db}/_design/d`, { validate_doc_update: source })
      if (put.status !== 201) continue
      const answer = await couch.ask('PUT', `${db}/x`, {})
      expect(answer.status, source).toBeGreaterThanOrEqual(400)
      await couch.ask('DELETE', `${db}/_design/d?rev=${revOf(put)}`)
    }
    expect((await couch.ask('PUT', `${db}/x`, {})).status).toBe(201)
  })

  test('[DB32] a client that goes away in the middle of a feed leaves nothing behind', async () => {
    for (let n = 0; n < 5; n++) {
      const leave = new AbortController()
      const response = await fetch(`${couch.url}${db}/_changes?feed=continuous&heartbeat=1000`, {
        headers: { authorization: couch.authorization },
        signal: leave.signal,
      })
      leave.abort()
      await response.text().catch(() => '')
    }
    expect((await couch.ask('PUT', `${db}/after`, {})).status).toBe(201)
    expect(field(await couch.ask('GET', `${db}/_changes`), 'results')).toHaveLength(1)
  })
})
