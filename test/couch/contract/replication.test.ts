import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, field, revOf } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'
import { startEmbedded } from '../support/start-embedded.ts'

const photo = Buffer.alloc(50_000, 7)

describe('replication', () => {
  let couch: CouchUnderTest
  beforeAll(async () => {
    couch = await startCouch()
  })
  afterAll(() => couch.stop())

  test('[DB33] _replicate copies documents, branches, tombstones and attachments, and continues where it ended', async () => {
    const [source, target] = [await couch.freshDatabase(), await couch.freshDatabase()]
    await fill(couch.ask, source)
    const endpoints = { source: endpoint(couch, source), target: endpoint(couch, target) }
    const first = await couch.ask('POST', '/_replicate', endpoints)
    expect(first, first.text).toMatchObject({ status: 200, body: { ok: true } })
    await expectFilled(couch.ask, target)
    await couch.ask('PUT', `/${source}/later`, {})
    await couch.ask('POST', '/_replicate', endpoints)
    expect((await couch.ask('GET', `/${target}/later`)).status).toBe(200)
  })

  test('create_target makes the database; a source that is not there is an error', async () => {
    const source = await couch.freshDatabase()
    await couch.ask('PUT', `/${source}/a`, {})
    const target = `${source}-made`
    const answer = await couch.ask('POST', '/_replicate', {
      source: endpoint(couch, source),
      target: endpoint(couch, target),
      create_target: true,
    })
    expect(answer.status, answer.text).toBe(200)
    expect((await couch.ask('GET', `/${target}/a`)).status).toBe(200)
    await couch.ask('DELETE', `/${target}`)
    const none = { source: endpoint(couch, 'none'), target: endpoint(couch, source) }
    expect((await couch.ask('POST', '/_replicate', none)).status).toBeGreaterThanOrEqual(400)
  })

  test('only named documents travel when named', async () => {
    const [source, target] = [await couch.freshDatabase(), await couch.freshDatabase()]
    for (const id of ['a', 'b']) await couch.ask('PUT', `/${source}/${id}`, {})
    const ends = { source: endpoint(couch, source), target: endpoint(couch, target) }
    await couch.ask('POST', '/_replicate', { ...ends, doc_ids: ['b'] })
    expect((await couch.ask('GET', `/${target}/_all_docs`)).body).toMatchObject({ rows: [{ id: 'b' }] })
  })

  test('[DB34] a continuous replication runs until it is cancelled', async () => {
    const [source, target] = [await couch.freshDatabase(), await couch.freshDatabase()]
    const ends = { source: endpoint(couch, source), target: endpoint(couch, target), continuous: true }
    const begun = await couch.ask('POST', '/_replicate', ends)
    expect(begun.body).toMatchObject({ ok: true, _local_id: expect.any(String) })
    await couch.ask('PUT', `/${source}/a`, {})
    const arrived = async (id: string) => (await couch.ask('GET', `/${target}/${id}`)).status
    await expect.poll(() => arrived('a'), { timeout: 20_000 }).toBe(200)
    const cancelled = await couch.ask('POST', '/_replicate', { ...ends, cancel: true })
    expect(cancelled.body).toMatchObject({ ok: true })
  })

  describe.runIf(process.env.COUCHDB_URL !== undefined)('between CouchDB and the embedded server', () => {
    for (const by of ['CouchDB', 'the embedded server'] as const) {
      for (const direction of ['to', 'from'] as const) {
        test(`[DB35] ${by} replicates ${direction} the other`, async () => {
          const embedded = await startEmbedded()
          const driver = by === 'CouchDB' ? couch : embedded
          const other = by === 'CouchDB' ? embedded : couch
          const [source, target] = direction === 'to' ? [driver, other] : [other, driver]
          const [from, into] = [await source.freshDatabase(), await target.freshDatabase()]
          await fill(source.ask, from)
          const ends = { source: endpoint(source, from), target: endpoint(target, into) }
          for (let round = 0; round < 2; round++) {
            const answer = await driver.ask('POST', '/_replicate', ends)
            expect(answer, answer.text).toMatchObject({ status: 200, body: { ok: true } })
          }
          await expectFilled(target.ask, into)
          await embedded.stop()
        })
      }
    }
  })
})

const endpoint = ({ url, authorization }: { url: string; authorization: string }, name: string) => ({
  url: `${url}/${name}`,
  headers: { Authorization: authorization },
})

async function fill(ask: Ask, name: string): Promise<void> {
  const docs = Array.from({ length: 120 }, (_, n) => ({ _id: `doc-${n}`, n, text: '通過' }))
  await ask('POST', `/${name}/_bulk_docs`, { docs })
  const branch = (rev: string) => ({
    _id: 'branched',
    _rev: `2-${rev}`,
    _revisions: { start: 2, ids: [rev, 'aaaa'] },
    rev,
  })
  await ask('POST', `/${name}/_bulk_docs`, { new_edits: false, docs: [branch('bbbb'), branch('cccc')] })
  const gone = await ask('PUT', `/${name}/gone`, {})
  await ask('DELETE', `/${name}/gone?rev=${revOf(gone)}`)
  const pictured = await ask('PUT', `/${name}/team%2F1`, { n: 1 })
  const attached = await ask('PUT', `/${name}/team%2F1/p.jpg?rev=${revOf(pictured)}`, new Uint8Array(photo), {
    'content-type': 'image/jpeg',
  })
  await ask('PUT', `/${name}/team%2F1/t.txt?rev=${revOf(attached)}`, 'compressible '.repeat(100), {
    'content-type': 'text/plain',
  })
}

async function expectFilled(ask: Ask, name: string): Promise<void> {
  expect((await ask('GET', `/${name}`)).body).toMatchObject({ doc_count: 122, doc_del_count: 1 })
  expect((await ask('GET', `/${name}/doc-7`)).body).toMatchObject({ n: 7, text: '通過' })
  expect((await ask('GET', `/${name}/branched?conflicts=true`)).body).toMatchObject({
    _rev: '2-cccc',
    _conflicts: ['2-bbbb'],
  })
  expect((await ask('GET', `/${name}/gone`)).body).toMatchObject({ reason: 'deleted' })
  expect((await ask('GET', `/${name}/team%2F1/p.jpg`)).bytes.equals(photo)).toBe(true)
  expect((await ask('GET', `/${name}/team%2F1/t.txt`)).text).toBe('compressible '.repeat(100))
  expect(Object.keys(field(await ask('GET', `/${name}/team%2F1`), '_attachments') as object).sort()).toEqual([
    'p.jpg',
    't.txt',
  ])
}
