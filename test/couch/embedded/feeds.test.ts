import { afterEach, describe, expect, test } from 'vitest'
import { startEmbedded } from '../support/start-embedded.ts'

describe('feeds', () => {
  let server: Awaited<ReturnType<typeof startEmbedded>>
  afterEach(() => server.stop())
  const followers = () => server.couch.figures().followers

  test('[DB47] a client that goes away takes its feed with it, whatever kind it is', async () => {
    server = await startEmbedded()
    const name = await server.freshDatabase()
    for (const feed of ['longpoll', 'continuous', 'eventsource']) {
      const leave = new AbortController()
      const asked = fetch(`${server.url}/${name}/_changes?feed=${feed}&since=now&heartbeat=1000`, {
        headers: { authorization: server.authorization },
        signal: leave.signal,
      })
      const ended = asked.then((response) => response.text()).catch(() => 'gone')
      await expect.poll(followers, { message: feed }).toBe(1)
      leave.abort()
      await ended
      await expect.poll(followers, { message: feed }).toBe(0)
    }
  })

  test('[DB48] a hundred feeds at one sequence all hear of a change by one read', async () => {
    server = await startEmbedded()
    const name = await server.freshDatabase()
    const feeds = Array.from({ length: 100 }, () => server.ask('GET', `/${name}/_changes?feed=longpoll&since=0`))
    await expect.poll(followers, { timeout: 10_000 }).toBe(100)
    const before = server.couch.figures().reads
    await server.ask('PUT', `/${name}/news`, {})
    for (const feed of feeds) expect((await feed).body).toMatchObject({ results: [{ id: 'news' }] })
    expect(server.couch.figures().reads - before).toBeLessThanOrEqual(3)
  })

  test('[DB49] _db_updates names databases that were created, changed and deleted, and waits when asked to', async () => {
    server = await startEmbedded()
    const first = await server.freshDatabase()
    const { body } = await server.ask('GET', '/_db_updates')
    expect(body).toMatchObject({ results: [{ db_name: first, type: 'created' }] })
    const since = encodeURIComponent((body as { last_seq: string }).last_seq)
    const waiting = server.ask('GET', `/_db_updates?feed=longpoll&since=${since}`)
    await server.ask('PUT', `/${first}/a`, {})
    expect((await waiting).body).toMatchObject({ results: [{ db_name: first, type: 'updated' }] })
    await server.ask('DELETE', `/${first}`)
    expect((await server.ask('GET', `/_db_updates?since=${since}`)).body).toMatchObject({
      results: [
        { db_name: first, type: 'updated' },
        { db_name: first, type: 'deleted' },
      ],
    })
    expect((await server.ask('GET', '/_db_updates?feed=longpoll&since=now&timeout=1')).body).toMatchObject({
      results: [],
    })
  })
})
