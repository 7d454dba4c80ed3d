import { readdir, readlink } from 'node:fs/promises'
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

  test('[DB66] of four hundred, asked in any order and many at once, each answers with its own', {
    timeout: 60_000,
  }, async () => {
    const maxOpen = 20
    server = await startEmbedded({ maxOpenDatabases: maxOpen })
    const all = Array.from({ length: 400 }, (_, n) => `team-${n}`)
    await inTurns(all, async (name) => {
      const docs = [1, 2, 3].map((n) => ({ _id: `doc-${n}`, of: name }))
      expect((await server.ask('PUT', `/${name}`)).status).toBe(201)
      expect((await server.ask('POST', `/${name}/_bulk_docs`, { docs })).status).toBe(201)
    })
    const most = { open: 0, handles: 0 }
    const wrong: string[] = []
    // 211 and 400 have no common factor: each is asked once, and next to each other are such as were made far apart.
    const shuffled = all.map((_, n) => all[(n * 211 + 7) % all.length] ?? '')
    await inTurns(shuffled, async (name) => {
      const [doc, rows, info] = await Promise.all([
        server.ask('GET', `/${name}/doc-2`),
        server.ask('GET', `/${name}/_all_docs?include_docs=true`),
        server.ask('GET', `/${name}`),
      ])
      most.open = Math.max(most.open, server.couch.figures().openDatabases)
      if (shuffled.indexOf(name) % 20 === 0) most.handles = Math.max(most.handles, await handlesIn(server.dir))
      const { rows: found = [] } = rows.body as { rows?: { doc: { of: string } }[] }
      const isRight =
        (doc.body as { of?: string }).of === name &&
        found.map((row) => row.doc.of).join() === [name, name, name].join() &&
        (info.body as { doc_count?: number }).doc_count === 3
      if (!isRight) wrong.push(name)
    })
    expect(new Set(shuffled).size).toBe(all.length)
    expect(wrong).toEqual([])
    expect(most.open).toBeGreaterThan(1)
    expect(most.open).toBeLessThanOrEqual(maxOpen)
    expect(most.handles).toBeLessThanOrEqual(handlesEach * (maxOpen + 1))
  })
})

/** Lock, log, manifest, journal, a new journal while the old one is put away, and a table or two. */
const handlesEach = 7

/** Files of this folder that this process has open; Linux alone tells. */
async function handlesIn(folder: string): Promise<number> {
  const handles = await readdir('/proc/self/fd').catch(() => [])
  const paths = await Promise.all(handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => '')))
  return paths.filter((path) => path.startsWith(folder)).length
}

/** Forty at a time, so that twice as many are wanted as may be open. */
async function inTurns(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
  for (let from = 0; from < names.length; from += 40) await Promise.all(names.slice(from, from + 40).map(work))
}
