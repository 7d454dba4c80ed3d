import { afterEach, describe, expect, test } from 'vitest'
import { startEmbedded } from '../support/start-embedded.ts'

describe('many databases', () => {
  let server: Awaited<ReturnType<typeof startEmbedded>>
  afterEach(() => server.stop())
  const names = Array.from({ length: 60 }, (_, n) => `many-${n}`)
  async function fill(): Promise<void> {
    for (const name of names) {
      await server.ask('PUT', `/${name}`)
      const docs = Array.from({ length: 10 }, (_, n) => ({ _id: `doc-${n}`, of: name }))
      await server.ask('POST', `/${name}/_bulk_docs`, { docs })
    }
  }

  test('[DB37] any of them answers, while no more are open than allowed', async () => {
    server = await startEmbedded({ maxOpenDatabases: 4 })
    await fill()
    const most = { open: 0 }
    const answers = await Promise.all(
      names.map(async (name) => {
        const answer = await server.ask('GET', `/${name}/doc-3`)
        most.open = Math.max(most.open, server.couch.figures().openDatabases)
        return answer.body
      }),
    )
    expect(answers).toEqual(names.map((of) => expect.objectContaining({ _id: 'doc-3', of })))
    expect(most.open).toBeLessThanOrEqual(4)
  })

  test('[DB38] writers, readers and deletions may hit the limit together', async () => {
    server = await startEmbedded({ maxOpenDatabases: 2 })
    await fill()
    const work = names.flatMap((name, n) => [
      server.ask('PUT', `/${name}/more`, { n }),
      server.ask('GET', `/${name}/_all_docs`),
      n % 7 === 0 ? server.ask('DELETE', `/${name}`) : server.ask('GET', `/${name}`),
    ])
    const statuses = (await Promise.all(work)).map((answer) => answer.status)
    expect(statuses.filter((status) => ![200, 201, 404].includes(status))).toEqual([])
    for (const [n, name] of names.entries()) {
      const { status } = await server.ask('GET', `/${name}/more`)
      expect(status, name).toBe(n % 7 === 0 ? 404 : 200)
    }
  })

  test('[DB39] followers wait on closed databases and hear of a change', async () => {
    server = await startEmbedded({ maxOpenDatabases: 3 })
    await fill()
    const feeds = names.map((name) => server.ask('GET', `/${name}/_changes?feed=longpoll&since=now`))
    await expect.poll(() => server.couch.figures().followers, { timeout: 20_000 }).toBe(names.length)
    expect(server.couch.figures().openDatabases).toBeLessThanOrEqual(3)
    for (const name of names) await server.ask('PUT', `/${name}/late`, {})
    for (const feed of feeds) expect((await feed).body).toMatchObject({ results: [{ id: 'late' }] })
  })

  test('[DB40] what nobody uses is closed', async () => {
    server = await startEmbedded({ idleMs: 50 })
    await fill()
    await expect.poll(() => server.couch.figures().openDatabases, { timeout: 10_000 }).toBe(0)
    expect((await server.ask('GET', '/many-7/doc-3')).status).toBe(200)
  })
})
