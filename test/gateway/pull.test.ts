import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import memory from 'pouchdb-adapter-memory'
import PouchDB from 'pouchdb-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { endWithToken } from '../../sync-server/gateway/end-with-token.ts'
import { type Doors, jpeg, jsonRequest, openDoors, type Phone, withRevision } from './open-doors.ts'

// The embedded database brings HTTP and replication with it.
PouchDB.plugin(memory)

let doors: Doors
let phone: Phone
let board: string
let base: string
let server: ReturnType<typeof serve>
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('staff')
  board = await doors.databaseFor('board')
  server = serve({ fetch: doors.app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await doors.close()
})

const at = (path: string, from = phone) => `/db/${from.generation}/${path}`
const remote = (name: string, from = phone) =>
  new PouchDB(base + at(name, from), {
    skip_setup: true,
    fetch: (url, init) => {
      const headers = new Headers(init?.headers)
      headers.set('authorization', from.bearer.authorization!)
      return PouchDB.fetch(url, { ...init, headers })
    },
  })
let locals = 0
const local = () => new PouchDB(`pull-${process.pid}-${++locals}`, { adapter: 'memory' })

describe('PouchDB through the gateway', () => {
  test('[GP1] a phone fills its mirror, attachments included, and goes on from where it was', async () => {
    const docs = Array.from({ length: 30 }, (_, i) => ({ _id: `card:${i}`, type: 'card', n: i }))
    await doors.couch.database(board).bulk(docs)
    const picture = { content_type: 'image/jpeg', data: jpeg(500).toString('base64') }
    await doors.couch.database(board).put({ _id: 'page:1', _attachments: { photo: picture } })
    const mirror = local()
    // The validator's design document comes along: a feed is never filtered.
    const first = await PouchDB.replicate(remote(board), mirror, { checkpoint: 'target', batch_size: 10 })
    expect(first).toMatchObject({ ok: true, docs_written: 32, doc_write_failures: 0 })
    expect(((await mirror.getAttachment('page:1', 'photo')) as Buffer).length).toBe(500)
    await doors.couch.database(board).put({ _id: 'card:31', type: 'card' })
    const second = await PouchDB.replicate(remote(board), mirror, { checkpoint: 'target' })
    expect(second.docs_written).toBe(1)
  })

  test('[GP2] a live mirror hears of a change', async () => {
    const mirror = local()
    const live = PouchDB.replicate(remote(board), mirror, { checkpoint: 'target', live: true })
    await new Promise((resolve) => live.once('paused', resolve))
    const heard = new Promise((resolve) => {
      mirror.changes({ live: true, since: 'now' }).on('change', ({ id }) => id === 'news:1' && resolve(id))
    })
    await doors.couch.database(board).put({ _id: 'news:1' })
    expect(await heard).toBe('news:1')
    live.cancel()
  })

  test('[GP3] a push reports each refused fact as denied, with its code, and delivers the others', async () => {
    const outbox = local()
    const good = phone.fact('checkin')
    const bad = withRevision({ ...phone.fact('checkin'), by: 'nobody' } as Fact)
    await outbox.bulkDocs([good, bad] as object[], { new_edits: false })
    const denied: unknown[] = []
    await new Promise((resolve, reject) => {
      const push = PouchDB.replicate(outbox, remote(doors.log), { checkpoint: 'source' })
      push.on('denied', (row) => denied.push(row))
      push.on('complete', resolve).on('error', reject)
    })
    expect(denied).toMatchObject([{ id: bad._id, code: 'ZK-GATE-005' }])
    expect(await doors.couch.database(doors.log).get(good._id)).not.toBeNull()
  })
})

describe('feeds', () => {
  test('[GP4] a feed that waits ends with the token, by a whole answer', async () => {
    const before = doors.clock.now
    const short = await doors.signIn('staff')
    const info = (await (await short.fetch(at(board))).json()) as { update_seq: string | number }
    doors.clock.now = short.expiresAt - 300
    const url = `${base}${at(board)}/_changes?feed=longpoll&heartbeat=10000&since=${encodeURIComponent(String(info.update_seq))}`
    const answer = await fetch(url, { headers: short.bearer })
    expect(await answer.json()).toMatchObject({ results: [], last_seq: info.update_seq })
    doors.clock.now = short.expiresAt
    expect((await short.fetch(at(board))).status).toBe(401)
    doors.clock.now = before
  })

  test('[GP5] a feed in the middle of a row is cut, never completed', async () => {
    const open = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"results":[\n{"seq":1,')),
    })
    const ended = endWithToken(open, { remainingMs: 5, since: '0' })
    await expect(new Response(ended).text()).rejects.toThrow()
  })

  test.each([
    ['7', '', 7],
    ['3-abc', '{"results":[\n\n', '3-abc'],
    [null, '{"results":[', 0],
  ])('[GP6] since %j, with %j sent, closes as valid JSON', async (since, sent, lastSeq) => {
    const open = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(`\n${sent}`)),
    })
    const ended = endWithToken(open, { remainingMs: 5, since })
    expect(JSON.parse(await new Response(ended).text())).toEqual({ results: [], last_seq: lastSeq, pending: 0 })
  })

  test('[GP7] hanging up ends the feed at the database too', async () => {
    let upstream: AbortSignal | null | undefined
    const request = doors.couch.request
    doors.couch.request = (path, init) => {
      if (path.includes('_changes')) upstream = init?.signal
      return request(path, init)
    }
    const stop = new AbortController()
    const url = `${base}${at(board)}/_changes?feed=longpoll&heartbeat=1000&since=now`
    const waiting = fetch(url, { headers: phone.bearer, signal: stop.signal }).then((answer) => answer.text())
    await expect.poll(() => upstream).toBeDefined()
    stop.abort()
    await expect(waiting).rejects.toThrow()
    await expect.poll(() => upstream?.aborted).toBe(true)
    doors.couch.request = request
  })
})

describe('the list', () => {
  test('[GP8] the root names the generation, with a token and without', async () => {
    expect(await (await doors.app.request('/db/')).json()).toEqual({ generation: phone.generation })
    const root = await phone.fetch(at(''))
    expect(await root.json()).toMatchObject({ couchdb: 'Welcome', uuid: phone.generation })
    expect((await doors.app.request(at(''))).status).toBe(401)
  })

  test('[GP9] another generation is gone, whatever is asked of it', async () => {
    const answer = await phone.fetch(`/db/${'0'.repeat(32)}/${board}/_changes`)
    expect(answer.status).toBe(410)
    expect(await answer.json()).toMatchObject({
      error: { code: 'ZK-GATE-002', figures: { generation: phone.generation } },
    })
  })

  test('[GP10] every answer carries the server’s time', async () => {
    for (const path of ['/db/', at(''), at(board), at('zk-office'), '/api/nothing'])
      expect((await phone.fetch(path)).headers.get('x-zekken-time')).toBe(String(doors.clock.now))
  })

  const closed: [string, string, string?][] = [
    ['PUT', ''],
    ['DELETE', ''],
    ['POST', ''],
    ['GET', '_all_docs'],
    ['POST', '_all_docs'],
    ['POST', '_find'],
    ['POST', '_index'],
    ['GET', '_security'],
    ['PUT', '_security'],
    ['GET', '_design/zekken'],
    ['PUT', '_design/evil'],
    ['GET', '_design%2Fzekken'],
    ['GET', '%5Fdesign/zekken'],
    ['GET', '_design/zekken/_view/x'],
    ['GET', 'card:1'],
    ['PUT', 'card:1'],
    ['DELETE', 'card:1'],
    ['PUT', 'page:1/photo'],
    ['PUT', '_local/x'],
    ['POST', '_bulk_docs'],
    ['POST', '_revs_diff'],
    ['POST', '_missing_revs'],
    ['POST', '_purge'],
    ['POST', '_compact'],
    ['POST', '_changes'],
    ['GET', '_changes?filter=_selector'],
    ['GET', '_changes?filter=evil/js'],
    ['GET', '_changes?feed=continuous'],
    ['GET', '_changes?feed=eventsource'],
    ['GET', '_changes?doc_ids=%5B%22a%22%5D'],
    ['GET', '_changes?limit=-1'],
    ['GET', '_changes?descending=true'],
    ['GET', '../zk-office'],
    ['GET', '..%2Fzk-office/x'],
    ['GET', 'x/..%2F..%2Fzk-office'],
    ['GET', 'page:1/photo?open_revs=all'],
    ['GET', '_bulk_get'],
    ['COPY', 'card:1'],
  ]
  test.each(closed)('[GP11] %s /board/%s is refused', async (method, path) => {
    const init = method === 'GET' ? { method } : { ...jsonRequest({ docs: [], new_edits: false }), method }
    const answer = await phone.fetch(at(`${board}${path === '' ? '' : '/'}${path}`), init)
    expect([403, 404, 410]).toContain(answer.status)
    expect(await answer.json()).toMatchObject({ error: { code: expect.stringMatching(/^ZK-(GATE-00[12]|SYS-003)$/) } })
  })

  test.each([
    'zk-office',
    '_users',
    '_replicator',
    '_all_dbs',
    '_session',
    '_node',
    '_utils',
    'zk-other-board',
    'other',
    'zk-demo-log%2F..',
  ])('[GP12] the name %s opens nothing', async (name) => {
    for (const path of ['', '/_changes', '/_bulk_get', '/a/b', '/_local/x'])
      expect((await phone.fetch(at(name) + path)).status).toBe(403)
  })

  test('[GP13] the log is pushed to and never read', async () => {
    for (const path of ['/_changes', '/12:photo:x/preview', '/_all_docs'])
      expect((await phone.fetch(at(doors.log) + path)).status).toBe(403)
    expect((await phone.fetch(`${at(doors.log)}/_bulk_get`, jsonRequest({ docs: [] }))).status).toBe(403)
  })

  test('[GP14] a replicator that looks for a checkpoint finds none', async () => {
    expect((await phone.fetch(`${at(board)}/_local/abc`)).status).toBe(404)
  })

  test('[GP15] writing with revisions of the server’s making is not open', async () => {
    const answer = await phone.fetch(`${at(doors.log)}/_bulk_docs`, jsonRequest({ docs: [phone.fact('checkin')] }))
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'ZK-SYS-004' } })
  })

  test('[GP16] a body that swells when unpacked is stopped', async () => {
    const { gzipSync } = await import('node:zlib')
    const bomb = gzipSync(Buffer.alloc(64 * 1_048_576, 0x20))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const answer = await phone.fetch(`${at(doors.log)}/_bulk_docs`, {
      method: 'POST',
      headers,
      body: new Uint8Array(bomb),
    })
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ error: { code: 'ZK-GATE-003' } })
  })

  test('[GP17] a body that is no gzip, or no JSON, is unreadable, not a fault', async () => {
    for (const encoding of ['gzip', 'br', 'identity']) {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
      const answer = await phone.fetch(`${at(doors.log)}/_bulk_docs`, { method: 'POST', headers, body: '{]' })
      expect(answer.status).toBe(400)
    }
  })

  test('[GP18] local documents are not asked for in bulk', async () => {
    const answer = await phone.fetch(`${at(board)}/_bulk_get`, jsonRequest({ docs: [{ id: '_local/x' }] }))
    expect(answer.status).toBe(400)
  })

  test('[GP19] a database that is away is answered as such', async () => {
    const request = doors.couch.request
    doors.couch.request = () => Promise.reject(new TypeError('fetch failed'))
    const answer = await phone.fetch(at(board))
    doors.couch.request = request
    expect([answer.status, await answer.json()]).toMatchObject([503, { error: { code: 'ZK-SYS-002' } }])
  })
})
