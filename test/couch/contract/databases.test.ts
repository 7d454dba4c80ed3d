import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { field, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

describe('databases', () => {
  let couch: CouchUnderTest
  beforeAll(async () => {
    couch = await startCouch()
  })
  afterAll(() => couch.stop())

  test('the root says that it is a CouchDB', async () => {
    const answer = await couch.ask('GET', '/')
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ couchdb: 'Welcome', version: expect.any(String), uuid: expect.any(String) })
  })

  test('/_up is ok', async () => {
    expect((await couch.ask('GET', '/_up')).body).toMatchObject({ status: 'ok' })
  })

  test('[DB1] a database is created once; the second time says that it exists', async () => {
    const name = await couch.freshDatabase()
    const again = await couch.ask('PUT', `/${name}`)
    expect(again.status).toBe(412)
    expect(again.body).toEqual({
      error: 'file_exists',
      reason: 'The database could not be created, the file already exists.',
    })
  })

  test('[DB53] who is told that a database exists can use it at once, however many create it together', async () => {
    for (let round = 0; round < 5; round++) {
      const path = `/together-${process.pid}-${Date.now()}-${round}`
      const answers = await Promise.all(
        [0, 1, 2, 3].map(async (n) => {
          const { status } = await couch.ask('PUT', path)
          return { status, written: (await couch.ask('PUT', `${path}/d${n}`, {})).status }
        }),
      )
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 412, 412, 412])
      expect(answers.map((answer) => answer.written)).toEqual([201, 201, 201, 201])
      await couch.ask('DELETE', path)
    }
  })

  test('a deleted database is gone, its name free and its successor empty', async () => {
    const name = await couch.freshDatabase()
    await couch.ask('PUT', `/${name}/a`, { n: 1 })
    const removed = await couch.ask('DELETE', `/${name}`)
    expect(removed.status).toBe(200)
    expect(removed.body).toEqual({ ok: true })
    // For a moment CouchDB can still know of its shards and find none of them: that is a 500, and no content.
    await expect
      .poll(async () => (await couch.ask('GET', `/${name}`)).body)
      .toEqual({ error: 'not_found', reason: 'Database does not exist.' })
    expect((await couch.ask('DELETE', `/${name}`)).status).toBe(404)
    expect((await couch.ask('PUT', `/${name}`)).status).toBe(201)
    expect((await couch.ask('GET', `/${name}/a`)).status).toBe(404)
  })

  test('DELETE with a rev is taken for a slip and refused', async () => {
    const name = await couch.freshDatabase()
    expect((await couch.ask('DELETE', `/${name}?rev=1-a`)).status).toBe(400)
    expect((await couch.ask('GET', `/${name}`)).status).toBe(200)
  })

  test('names may hold encoded slashes and plus signs', async () => {
    const name = `team/a+${Date.now()}`
    const path = `/${encodeURIComponent(name)}`
    expect((await couch.ask('PUT', path)).status).toBe(201)
    expect((await couch.ask('GET', path)).body).toMatchObject({ db_name: name })
    expect((await couch.ask('GET', '/_all_dbs')).body).toContain(name)
    await couch.ask('DELETE', path)
  })

  test('HEAD answers like GET without a body', async () => {
    const name = await couch.freshDatabase()
    expect(await couch.ask('HEAD', `/${name}`)).toMatchObject({ status: 200, text: '' })
    expect((await couch.ask('HEAD', '/no-such-database')).status).toBe(404)
  })

  test('[DB2] doc_count and doc_del_count follow creation, deletion and resurrection', async () => {
    const name = await couch.freshDatabase()
    const counts = async () => {
      const answer = await couch.ask('GET', `/${name}`)
      return [field(answer, 'doc_count'), field(answer, 'doc_del_count')]
    }
    expect(await counts()).toEqual([0, 0])
    const a = await couch.ask('PUT', `/${name}/a`, {})
    await couch.ask('PUT', `/${name}/b`, {})
    await couch.ask('PUT', `/${name}/_local/c`, {})
    expect(await counts()).toEqual([2, 0])
    await couch.ask('DELETE', `/${name}/a?rev=${revOf(a)}`)
    expect(await counts()).toEqual([1, 1])
    await couch.ask('PUT', `/${name}/a`, { again: true })
    expect(await counts()).toEqual([2, 0])
  })

  test('[DB3] _revs_limit is kept for each database', async () => {
    const [one, other] = [await couch.freshDatabase(), await couch.freshDatabase()]
    expect((await couch.ask('GET', `/${one}/_revs_limit`)).body).toBe(1000)
    expect((await couch.ask('PUT', `/${one}/_revs_limit`, 3)).body).toEqual({ ok: true })
    expect((await couch.ask('GET', `/${one}/_revs_limit`)).body).toBe(3)
    expect((await couch.ask('GET', `/${other}/_revs_limit`)).body).toBe(1000)
    let rev: string | undefined
    for (let n = 0; n < 6; n++) rev = revOf(await couch.ask('PUT', `/${one}/a`, { n, ...(rev ? { _rev: rev } : {}) }))
    const answer = await couch.ask('GET', `/${one}/a?revs=true`)
    expect(answer.body).toMatchObject({ _revisions: { start: 6 } })
    expect((field(answer, '_revisions') as { ids: string[] }).ids).toHaveLength(3)
  })

  test('_dbs_info answers for each name', async () => {
    const name = await couch.freshDatabase()
    const answer = await couch.ask('POST', '/_dbs_info', { keys: [name, 'no-such-database'] })
    expect(answer.body).toMatchObject([
      { key: name, info: { db_name: name, doc_count: 0 } },
      { key: 'no-such-database', error: 'not_found' },
    ])
  })

  test('_uuids gives as many as asked for', async () => {
    const answer = await couch.ask('GET', '/_uuids?count=3')
    const uuids = field(answer, 'uuids') as string[]
    expect(new Set(uuids).size).toBe(3)
    for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{32}$/)
  })

  test('compaction and cleanup are accepted', async () => {
    const name = await couch.freshDatabase()
    expect((await couch.ask('POST', `/${name}/_compact`, {})).status).toBe(202)
    expect((await couch.ask('POST', `/${name}/_view_cleanup`, {})).status).toBe(202)
    expect((await couch.ask('POST', `/${name}/_ensure_full_commit`, {})).status).toBe(201)
  })

  test('a method that a route has not is 405', async () => {
    const name = await couch.freshDatabase()
    for (const path of [`/${name}/_bulk_docs`, `/${name}/_revs_diff`, `/${name}/_bulk_get`, `/${name}/_find`]) {
      expect((await couch.ask('GET', path)).status, path).toBe(405)
    }
  })

  test('checkpoints are read by their id, and a list of them is not needed', async () => {
    const name = await couch.freshDatabase()
    await couch.ask('PUT', `/${name}/_local/checkpoint`, { n: 1 })
    expect((await couch.ask('GET', `/${name}/_local/checkpoint`)).body).toMatchObject({ n: 1 })
    if (!couch.isEmbedded) return
    for (const path of ['/_users', '/_replicator', `/${name}/_local_docs`]) {
      expect(await couch.ask('GET', path), path).toMatchObject({ status: 404, body: { error: 'not_found' } })
    }
    expect((await couch.ask('PUT', '/_users')).body).toMatchObject({ error: 'illegal_database_name' })
  })
})
