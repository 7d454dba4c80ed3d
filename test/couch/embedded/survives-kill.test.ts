import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Ask, asking, basic, field } from '../support/ask.ts'

const command = join(import.meta.dirname, '../../../sync-server/operations/couchdb.ts')
const writers = 8
const rounds = 3

describe('a server killed in the middle of writing', () => {
  let dir: string
  let child: ChildProcess | undefined
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'zekken-kill-'))
  })
  afterEach(async () => {
    child?.kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  })

  /** Starts the command and reads its address from what it prints. */
  async function start(): Promise<Ask> {
    const started = spawn(process.execPath, [command, '--port', '0', '--data', dir, '--admin', 'admin:secret'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = started
    const url = await new Promise<string>((resolve, reject) => {
      started.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
      started.stdout.on('data', (text: Buffer) => {
        const match = /http:\S+\d/.exec(String(text))
        if (match) resolve(match[0])
      })
    })
    return asking(url, { authorization: basic('admin', 'secret') })
  }

  async function kill(): Promise<void> {
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    child?.kill('SIGKILL')
    await gone
  }

  test('[DB36] every acknowledged write, database and setting is there after kill -9', async () => {
    const acknowledged = {
      documents: new Map<string, string>(),
      databases: new Set<string>(['main']),
      deleted: new Set<string>(),
    }
    let ask = await start()
    await ask('PUT', '/main')
    await ask('PUT', '/main/_security', { members: { roles: ['staff'] } })
    for (let round = 0; round < rounds; round++) {
      const target = acknowledged.documents.size + 150
      const running = Promise.allSettled(
        Array.from({ length: writers }, (_, writer) => write(ask, `${round}-${writer}`, acknowledged)),
      )
      await expect.poll(() => acknowledged.documents.size, { timeout: 25_000, interval: 5 }).toBeGreaterThan(target)
      await kill()
      await running

      ask = await start()
      const names = (await ask('GET', '/_all_dbs')).body as string[]
      for (const name of acknowledged.databases) expect(names).toContain(name)
      for (const name of acknowledged.deleted) expect(names).not.toContain(name)
      expect((await ask('GET', '/main/_security')).body).toEqual({ members: { roles: ['staff'] } })
      const ids = [...acknowledged.documents.keys()]
      const rows = field(await ask('POST', '/main/_all_docs', { keys: ids }), 'rows') as {
        key: string
        value?: { rev: string }
      }[]
      for (const row of rows) expect(row.value?.rev, row.key).toBe(acknowledged.documents.get(row.key))
      const { body: info } = await ask('GET', '/main')
      const listed = field(await ask('GET', '/main/_changes'), 'results') as object[]
      expect((info as { doc_count: number }).doc_count).toBe(listed.length)
    }
  }, 120_000)

  test('[DB63] a kill in the middle of a compaction takes no leaf and leaves nothing that hinders the next', async () => {
    let ask = await start()
    await ask('PUT', '/main')
    const ids = Array.from({ length: 600 }, (_, n) => `doc-${n}`)
    const revs = new Map<string, string>()
    const text = 'x'.repeat(2000)
    const rewriteAll = async (round: number) => {
      const docs = ids.map((_id) => {
        const _rev = revs.get(_id)
        return { _id, round, text, ...(_rev === undefined ? {} : { _rev }) }
      })
      const rows = (await ask('POST', '/main/_bulk_docs', { docs })).body as { id: string; rev: string }[]
      for (const { id, rev } of rows) revs.set(id, rev)
    }
    await rewriteAll(0)
    const first = new Map(revs)
    const oldBodies = async () => {
      const docs = ids.map((id) => ({ id, rev: first.get(id) }))
      const { body } = await ask('POST', '/main/_bulk_get', { docs })
      return (body as { results: { docs: { ok?: object }[] }[] }).results.filter(({ docs: [found] }) => found?.ok)
        .length
    }
    let left = ids.length
    for (let round = 1; round <= rounds; round++) {
      await rewriteAll(round)
      expect((await ask('POST', '/main/_compact', {})).status).toBe(202)
      await kill()
      ask = await start()
      const { body } = await ask('POST', '/main/_bulk_get', { docs: ids.map((id) => ({ id, rev: revs.get(id) })) })
      for (const { docs } of (body as { results: { docs: { ok?: object }[] }[] }).results) {
        expect(docs).toMatchObject([{ ok: { round, text } }])
      }
      expect(await oldBodies()).toBeLessThanOrEqual(left)
      left = await oldBodies()
    }
    await ask('POST', '/main/_compact', {})
    const running = async () => field(await ask('GET', '/main'), 'compact_running')
    await expect.poll(running, { timeout: 25_000 }).toBe(false)
    expect(await oldBodies()).toBe(0)
    expect((await ask('GET', '/main')).body).toMatchObject({ doc_count: 600 })
  }, 120_000)
})

type Acknowledged = { documents: Map<string, string>; databases: Set<string>; deleted: Set<string> }

/** Writes alone and in bulk, creates and deletes databases, until the server is gone. */
async function write(ask: Ask, name: string, acknowledged: Acknowledged): Promise<void> {
  for (let n = 0; ; n++) {
    if (n % 10 === 9) {
      const database = `db-${name}-${n}`
      if ((await ask('PUT', `/${database}`)).status === 201) acknowledged.databases.add(database)
      if (n % 20 === 19) {
        acknowledged.databases.delete(database)
        if ((await ask('DELETE', `/${database}`)).status === 200) acknowledged.deleted.add(database)
      }
    } else if (n % 3 === 0) {
      const docs = Array.from({ length: 5 }, (_, at) => ({ _id: `${name}-${n}-${at}` }))
      const rows = (await ask('POST', '/main/_bulk_docs', { docs })).body as { id: string; rev: string }[]
      for (const { id, rev } of rows) acknowledged.documents.set(id, rev)
    } else {
      const answer = await ask('PUT', `/main/${name}-${n}`, { n })
      if (answer.status === 201) acknowledged.documents.set(`${name}-${n}`, String(field(answer, 'rev')))
    }
  }
}
