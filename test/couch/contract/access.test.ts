import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ask, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

const reads = ['', '/a', '/_all_docs', '/_changes', '/a/t', '/_security', '/_design/d/_view/v', '/_local/x', '/_index']
const posts: Record<string, object> = {
  '/_find': { selector: {} },
  '/_bulk_get': { docs: [{ id: 'a' }] },
  '/_revs_diff': {},
  '/_bulk_docs': { docs: [{}] },
  '/_all_docs': { keys: [] },
  '/_changes': {},
}

describe('access', () => {
  let couch: CouchUnderTest
  let db: string
  let staff: Ask
  let stranger: Ask
  beforeAll(async () => {
    couch = await startCouch()
    staff = await couch.as('sam', ['zk:demo:staff'])
    stranger = await couch.as('otto', ['zk:other:staff'])
  })
  beforeEach(async () => {
    db = `/${await couch.freshDatabase()}`
    await couch.ask('PUT', `${db}/a`, { _attachments: { t: { content_type: 'text/plain', data: 'aGk=' } } })
    await couch.ask('PUT', `${db}/_security`, {
      admins: { names: [], roles: ['lead'] },
      members: { names: ['nora'], roles: ['zk:demo:staff'] },
    })
  })
  afterAll(() => couch.stop())

  test('[DB16] a new database is closed to all but admins', async () => {
    const fresh = `/${await couch.freshDatabase()}`
    expect((await couch.ask('GET', `${fresh}/_security`)).body).toMatchObject({ members: { roles: ['_admin'] } })
    expect((await staff('GET', fresh)).status).toBe(403)
    expect((await couch.anonymous('GET', fresh)).status).toBe(401)
  })

  test('[DB17] without a role every door of a database is closed, with one it is open', async () => {
    for (const path of reads) {
      expect((await couch.anonymous('GET', db + path)).status, `anonymous ${path}`).toBe(401)
      expect((await stranger('GET', db + path)).status, `stranger ${path}`).toBe(403)
    }
    for (const [path, body] of Object.entries(posts)) {
      expect((await couch.anonymous('POST', db + path, body)).status, `anonymous ${path}`).toBe(401)
      expect((await stranger('POST', db + path, body)).status, `stranger ${path}`).toBe(403)
    }
    expect((await stranger('PUT', `${db}/b`, {})).status).toBe(403)
    expect((await stranger('PUT', `${db}/_local/b`, {})).status).toBe(403)
    expect((await stranger('DELETE', `${db}/a?rev=1-a`)).status).toBe(403)
    for (const path of ['', '/a', '/_all_docs', '/_changes', '/a/t']) {
      expect((await staff('GET', db + path)).status, `staff ${path}`).toBe(200)
    }
    expect((await staff('PUT', `${db}/b`, {})).status).toBe(201)
    expect((await (await couch.as('nora', []))('GET', db)).status).toBe(200)
  })

  test('the words of a refusal', async () => {
    expect((await couch.anonymous('GET', db)).body).toEqual({
      error: 'unauthorized',
      reason: 'You are not authorized to access this db.',
    })
    expect((await stranger('GET', db)).body).toEqual({
      error: 'forbidden',
      reason: 'You are not allowed to access this db.',
    })
  })

  test('[DB18] a member cannot change design documents, security, limits or files', async () => {
    const attempts: [string, string, unknown?][] = [
      ['PUT', '/_design/evil', { views: {} }],
      ['PUT', '/_security', {}],
      ['PUT', '/_revs_limit', 1],
      ['POST', '/_compact', {}],
      ['POST', '/_view_cleanup', {}],
      ['POST', '/_purge', { a: ['1-a'] }],
      ['DELETE', '', undefined],
    ]
    for (const [method, path, body] of attempts) {
      expect((await staff(method, db + path, body)).status, `${method} ${path}`).toBeGreaterThanOrEqual(401)
    }
    const bulk = await staff('POST', `${db}/_bulk_docs`, { docs: [{ _id: '_design/evil' }, { _id: 'fine' }] })
    expect(bulk.body).toMatchObject([
      { id: '_design/evil', error: 'forbidden' },
      { ok: true, id: 'fine' },
    ])
    const replicated = await staff('POST', `${db}/_bulk_docs`, {
      new_edits: false,
      docs: [{ _id: '_design/evil', _rev: '1-abc' }],
    })
    expect(replicated.body).toMatchObject([{ id: '_design/evil', error: 'forbidden' }])
    expect((await couch.ask('GET', `${db}/_design/evil`)).status).toBe(404)
  })

  test('a database admin may what a member may not', async () => {
    const lead = await couch.as('lea', ['lead'])
    expect((await lead('PUT', `${db}/_design/d`, { views: {} })).status).toBe(201)
    expect((await lead('PUT', `${db}/_security`, { members: { roles: ['zk:demo:staff'] } })).status).toBe(200)
  })

  test('[DB19] only server admins list, create, delete and configure', async () => {
    for (const ask of [staff, couch.anonymous]) {
      expect((await ask('GET', '/_all_dbs')).status).toBe(401)
      expect((await ask('PUT', '/made-by-nobody')).status).toBe(401)
      expect((await ask('DELETE', db)).status).toBe(401)
      expect((await ask('GET', '/_node/_local/_config')).status).toBe(401)
      expect((await ask('PUT', '/_node/_local/_config/admins/evil', 'x')).status).toBe(401)
      expect((await ask('GET', '/_active_tasks')).status).toBe(401)
      expect((await ask('GET', '/_db_updates')).status).toBe(401)
    }
    expect((await couch.ask('GET', '/made-by-nobody')).status).toBe(404)
  })

  test('_session tells who asks', async () => {
    expect((await staff('GET', '/_session')).body).toMatchObject({
      ok: true,
      userCtx: { name: 'sam', roles: ['zk:demo:staff'] },
    })
    expect((await couch.ask('GET', '/_session')).body).toMatchObject({ userCtx: { name: 'admin', roles: ['_admin'] } })
    expect((await couch.anonymous('GET', '/_session')).body).toMatchObject({ userCtx: { name: null, roles: [] } })
  })

  test('a wrong password is 401, whatever is asked', async () => {
    for (const ask of [couch.withPassword('admin', 'wrong'), couch.withPassword('nobody', 'x')]) {
      expect(await ask('GET', '/_session')).toMatchObject({
        status: 401,
        body: { error: 'unauthorized', reason: 'Name or password is incorrect.' },
      })
    }
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect((await couch.withPassword(name, 'x')('GET', '/_session')).status, name).toBe(401)
    }
  })

  test('[DB20] a token is taken only whole, in time, with a known key and the one algorithm', async () => {
    const { kid, privateKey } = couch
    const sign = (header: object, exp: string | number, sub?: string) => {
      const jwt = new SignJWT({ '_couchdb.roles': ['zk:demo:staff'] }).setProtectedHeader({
        alg: 'ES256',
        kid,
        ...header,
      })
      jwt.setExpirationTime(exp)
      if (sub !== undefined) jwt.setSubject(sub)
      return jwt.sign(privateKey)
    }
    const good = await sign({}, '5m', 'sam')
    expect((await couch.withToken(good)('GET', db)).status).toBe(200)
    const [head = '', body = '', signature = ''] = good.split('.')
    const forged = Buffer.from(JSON.stringify({ sub: 'sam', exp: 9e9, '_couchdb.roles': ['_admin'] })).toString(
      'base64url',
    )
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', kid })).toString('base64url')
    const bad = {
      expired: await sign({}, Math.floor(Date.now() / 1000) - 60, 'sam'),
      'without subject': await sign({}, '5m'),
      'with an unknown key': await sign({ kid: 'unknown' }, '5m', 'sam'),
      forged: `${head}.${forged}.${signature}`,
      unsigned: `${none}.${body}.`,
      'cut off': good.slice(0, -10),
      nonsense: 'x',
    }
    for (const [what, token] of Object.entries(bad)) {
      const { status } = await couch.withToken(token)('GET', db)
      expect([400, 401], `${what}: ${status}`).toContain(status)
    }
    expect((await couch.withToken(bad.expired)('GET', db)).status).toBe(401)
  })

  test('[DB21] a key that is taken out of the configuration opens nothing any more', async () => {
    const path = `/_node/_local/_config/jwt_keys/ec:${couch.kid}`
    const { body: pem } = await couch.ask('GET', path)
    expect((await couch.ask('DELETE', path)).status).toBe(200)
    expect((await staff('GET', db)).status).toBeGreaterThanOrEqual(400)
    await couch.ask('PUT', path, JSON.stringify(pem))
    await expect.poll(async () => (await staff('GET', db)).status).toBe(200)
  })

  test('[DB22] validators see old and new document, the caller and the security object', async () => {
    const validator = `function (after, before, user, security) {
      if (before && before.fixed) throw({ forbidden: 'written once' })
      if (after.by && after.by !== user.name) throw({ forbidden: 'by ' + user.name + ' in ' + user.db })
      if (after.secret) throw({ unauthorized: JSON.stringify(security.members.roles) + user.roles.join() })
    }`
    await couch.ask('PUT', `${db}/_design/d`, { validate_doc_update: validator })
    const fixed = await staff('PUT', `${db}/f`, { fixed: true, by: 'sam' })
    expect(fixed.status).toBe(201)
    expect(await staff('PUT', `${db}/f`, { fixed: true, _rev: revOf(fixed) })).toMatchObject({
      status: 403,
      body: { error: 'forbidden', reason: 'written once' },
    })
    expect((await staff('DELETE', `${db}/f?rev=${revOf(fixed)}`)).status).toBe(403)
    expect((await staff('PUT', `${db}/g`, { by: 'otto' })).body).toMatchObject({ reason: `by sam in ${db.slice(1)}` })
    expect(await staff('PUT', `${db}/g`, { secret: 1 })).toMatchObject({
      status: 401,
      body: { error: 'unauthorized', reason: '["zk:demo:staff"]zk:demo:staff' },
    })
    const bulk = await staff('POST', `${db}/_bulk_docs`, {
      docs: [
        { _id: 'x', by: 'otto' },
        { _id: 'y', by: 'sam' },
      ],
    })
    expect(bulk.body).toMatchObject([
      { id: 'x', error: 'forbidden' },
      { id: 'y', ok: true },
    ])
    const replicated = await staff('POST', `${db}/_bulk_docs`, {
      new_edits: false,
      docs: [{ _id: 'v', _rev: '1-a', by: 'otto' }],
    })
    expect(replicated.body).toMatchObject([{ id: 'v', error: 'forbidden' }])
    expect((await couch.ask('GET', `${db}/v`)).status).toBe(404)
    expect((await staff('PUT', `${db}/_local/l`, { by: 'otto' })).status).toBe(201)
  })

  test('[DB23] an attachment cannot go round the validator', async () => {
    await couch.ask('PUT', `${db}/_design/d`, {
      validate_doc_update:
        "function (after) { if (after._attachments && after._attachments['big']) throw({ forbidden: 'no' }) }",
    })
    expect((await staff('PUT', `${db}/n/big`, 'x', { 'content-type': 'text/plain' })).status).toBe(403)
    expect((await staff('PUT', `${db}/n/small`, 'x', { 'content-type': 'text/plain' })).status).toBe(201)
  })
})
