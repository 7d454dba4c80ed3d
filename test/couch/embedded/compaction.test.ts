import { afterEach, describe, expect, test } from 'vitest'
import { type Answer, field, revOf } from '../support/ask.ts'
import { startEmbedded } from '../support/start-embedded.ts'

type Sizes = { file: number; active: number; external: number }

/** Numbers in an order that no compression sees through; each `turn` others. */
const numbers = (count: number, turn: number) =>
  Array.from({ length: count }, (_, n) => ((n + 1) * 48_271 * (turn + 1)) % 2_147_483_647)

describe('compaction by itself', () => {
  let server: Awaited<ReturnType<typeof startEmbedded>>
  afterEach(() => server.stop())
  const sizes = async (name: string) => field(await server.ask('GET', `/${name}`), 'sizes') as Sizes
  const compacted = (name: string) =>
    expect
      .poll(async () => field(await server.ask('GET', `/${name}`), 'compact_running'), { timeout: 20_000 })
      .toBe(false)

  async function rewrite(name: string, times: number, words: number): Promise<void> {
    let rev: string | undefined
    for (let n = 0; n < times; n++) {
      const body = { ranking: numbers(words, n), ...(rev === undefined ? {} : { _rev: rev }) }
      rev = revOf(await server.ask('PUT', `/${name}/ranking`, body))
    }
  }

  test('[DB60] a document that is rewritten all day takes a bounded room, beside others that are not', async () => {
    const compaction = { floorBytes: 512 * 1024, ratio: 1, enoughBytes: 2 * 1024 * 1024 }
    server = await startEmbedded({ compaction })
    const name = await server.freshDatabase()
    const docs = Array.from({ length: 200 }, (_, n) => ({ _id: `card-${n}`, n }))
    await server.ask('POST', `/${name}/_bulk_docs`, { docs })
    await rewrite(name, 120, 10_000)
    // Without compaction 120 revisions of 100 KB would be kept.
    await expect.poll(async () => (await sizes(name)).file, { timeout: 20_000 }).toBeLessThan(4 * 1024 * 1024)
    expect((await server.ask('GET', `/${name}/ranking`)).body).toMatchObject({ ranking: numbers(10_000, 119) })
    expect((await server.ask('GET', `/${name}/card-7`)).body).toMatchObject({ n: 7 })
    expect(field(await server.ask('GET', `/${name}`), 'doc_count')).toBe(201)
  })

  test('what is only ever added is left alone', async () => {
    server = await startEmbedded({ compaction: { floorBytes: 1, ratio: 0, enoughBytes: 1 } })
    const name = await server.freshDatabase()
    const running: unknown[] = []
    for (let n = 0; n < 20; n++) {
      await server.ask('PUT', `/${name}/fact-${n}`, { text: 'x'.repeat(1000) })
      running.push(field(await server.ask('GET', `/${name}`), 'compact_running'))
    }
    expect(new Set(running)).toEqual(new Set([false]))
  })

  test('[DB61] sizes count what is needed, and outlive a restart', async () => {
    server = await startEmbedded()
    const name = await server.freshDatabase()
    await rewrite(name, 5, 1000)
    const { external } = await sizes(name)
    const bytes = JSON.stringify(numbers(1000, 4)).length
    expect(external).toBeGreaterThan(bytes * 0.9)
    expect(external).toBeLessThan(bytes * 1.2)
    await server.ask('POST', `/${name}/_compact`, {})
    await compacted(name)
    const after = await sizes(name)
    expect(after.external).toBeGreaterThan(bytes)
    expect(after.external).toBeLessThan(bytes + 200)
    const { dir } = server
    await server.close()
    server = await startEmbedded({ dir })
    expect(await sizes(name)).toMatchObject({ external: after.external })
  })

  test('[DB62] a database that is deleted, purged or closed in the middle of its compaction is not held up', async () => {
    server = await startEmbedded()
    const docs = Array.from({ length: 300 }, (_, n) => ({ _id: `d${n}`, text: 'x'.repeat(1000) }))
    const filled = async () => {
      const name = await server.freshDatabase()
      const rows = (await server.ask('POST', `/${name}/_bulk_docs`, { docs })).body as { rev: string }[]
      const again = docs.map((doc, n) => ({ ...doc, _rev: rows[n]?.rev, again: true }))
      const { body } = await server.ask('POST', `/${name}/_bulk_docs`, { docs: again })
      expect((await server.ask('POST', `/${name}/_compact`, {})).status).toBe(202)
      return { name, revs: (body as { rev: string }[]).map(({ rev }) => rev) }
    }
    const deleted = await filled()
    expect((await server.ask('DELETE', `/${deleted.name}`)).status).toBe(200)
    const purged = await filled()
    const purge: Answer = await server.ask('POST', `/${purged.name}/_purge`, { d0: [purged.revs[0]] })
    expect(purge.body).toMatchObject({ purged: { d0: [purged.revs[0]] } })
    await compacted(purged.name)
    const closed = await filled()
    const { dir } = server
    await server.close()
    server = await startEmbedded({ dir })
    for (const { name, revs } of [purged, closed]) {
      await server.ask('POST', `/${name}/_compact`, {})
      await compacted(name)
      expect((await server.ask('GET', `/${name}/d7`)).body).toMatchObject({ _rev: revs[7], again: true })
      const old = await server.ask('GET', `/${name}/d7?revs_info=true`)
      expect(old.body).toMatchObject({ _revs_info: [{ status: 'available' }, { status: 'missing' }] })
    }
  })
})
