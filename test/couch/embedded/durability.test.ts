import { cp, type FileHandle, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { field } from '../support/ask.ts'
import { startEmbedded } from '../support/start-embedded.ts'

/** Counts calls of fdatasync on any file, which go on to the disk as ever. */
async function watchSyncs() {
  const file = await open(import.meta.filename)
  await file.close()
  return vi.spyOn(Object.getPrototypeOf(file) as FileHandle, 'datasync')
}

describe('durability', () => {
  let server: Awaited<ReturnType<typeof startEmbedded>>
  afterEach(() => server.stop())

  test('[DB41] writers that arrive together share a sync, and none is answered before one', async () => {
    server = await startEmbedded({ durability: 'power' })
    const name = await server.freshDatabase()
    await server.ask('PUT', `/${name}/first`, {})
    const before = server.couch.figures().syncs
    expect(before).toBeGreaterThan(0)
    // A disk so fast that each sync is over before the next write would leave nothing to share.
    const fdatasync = await watchSyncs()
    fdatasync.mockImplementation(() => pause(20))
    const writers = 64
    await Promise.all(Array.from({ length: writers }, (_, n) => server.ask('PUT', `/${name}/d${n}`, { n })))
    const syncs = server.couch.figures().syncs - before
    expect(syncs).toBeGreaterThan(0)
    expect(syncs).toBeLessThan(writers / 2)
    expect(server.couch.figures().unsynced).toBe(0)
    fdatasync.mockRestore()
  })

  test('[DB42] a write alone is synced before it is answered', async () => {
    server = await startEmbedded({ durability: 'power' })
    const name = await server.freshDatabase()
    const fdatasync = await watchSyncs()
    for (let n = 0; n < 5; n++) {
      const before = server.couch.figures().syncs
      fdatasync.mockClear()
      await server.ask('PUT', `/${name}/d${n}`, {})
      expect(server.couch.figures()).toMatchObject({ syncs: before + 1, unsynced: 0 })
      expect(fdatasync).toHaveBeenCalledOnce()
    }
    fdatasync.mockRestore()
    const before = server.couch.figures().syncs
    await server.ask('PUT', `/${name}/_local/checkpoint`, {})
    expect(server.couch.figures().syncs).toBe(before + 1)
  })

  test('reading what is on disk costs no sync', async () => {
    server = await startEmbedded({ durability: 'power' })
    const name = await server.freshDatabase()
    await server.ask('PUT', `/${name}/a`, {})
    const before = server.couch.figures().syncs
    await server.ask('GET', `/${name}/a`)
    await server.ask('GET', `/${name}/_changes`)
    expect(server.couch.figures().syncs).toBe(before)
  })

  test('DURABILITY=process syncs nothing', async () => {
    server = await startEmbedded({ durability: 'process' })
    const name = await server.freshDatabase()
    await server.ask('PUT', `/${name}/a`, {})
    expect(server.couch.figures().syncs).toBe(0)
  })

  test('[DB43] a restart keeps documents, sequences, counts, settings and the name of the installation', async () => {
    server = await startEmbedded()
    const name = await server.freshDatabase()
    await server.ask('POST', `/${name}/_bulk_docs`, { docs: [{ _id: 'a' }, { _id: 'b' }] })
    const b = await server.ask('GET', `/${name}/b`)
    await server.ask('DELETE', `/${name}/b?rev=${field(b, '_rev')}`)
    await server.ask('PUT', `/${name}/_revs_limit`, 7)
    await server.ask('PUT', `/${name}/_security`, { members: { roles: ['x'] } })
    await server.ask('PUT', '/_node/_local/_config/jwt_keys/ec:k', '"pem"')
    const paths = ['/', `/${name}`, `/${name}/_changes`, `/${name}/_revs_limit`, `/${name}/_security`]
    // LevelDB puts its files in order when it opens them.
    const look = () =>
      Promise.all(paths.map(async (path) => (await server.ask('GET', path)).text.replace(/"file":\d+/, '"file":…')))
    const before = await look()
    const { dir } = server
    await server.close()
    server = await startEmbedded({ dir })
    expect(await look()).toEqual(before)
    expect((await server.ask('GET', '/_node/_local/_config/jwt_keys/ec:k')).body).toBe('pem')
  })

  test('[DB44] a folder that no database owns is what a crash left of a deletion, and goes at the next start', async () => {
    server = await startEmbedded()
    await server.freshDatabase()
    const { dir } = server
    await server.close()
    const folder = join(dir, 'databases')
    const owned = await readdir(folder)
    await mkdir(join(folder, 'deadbeef'))
    await mkdir(join(folder, 'deadbeef-mrview-temp'))
    server = await startEmbedded({ dir })
    expect(await readdir(folder)).toEqual(owned)
    expect((await server.ask('GET', '/fresh-1')).status).toBe(200)
  })

  test('a folder of an older version, which lists its databases in a file, is taken over', async () => {
    server = await startEmbedded()
    const { dir } = server
    await server.close()
    await rm(join(dir, 'registry'), { recursive: true })
    const databases = {
      old: { id: '0123456789abcdef', security: { members: { roles: ['x'] } }, revsLimit: 7, purges: 1 },
    }
    const config = { jwt_keys: { 'ec:k': 'pem' } }
    await writeFile(join(dir, 'registry.json'), JSON.stringify({ uuid: 'u', config, databases }))
    for (let start = 0; start < 2; start++) {
      server = await startEmbedded({ dir })
      expect((await server.ask('GET', '/')).body).toMatchObject({ uuid: 'u' })
      expect((await server.ask('GET', '/_all_dbs')).body).toEqual(['old'])
      expect((await server.ask('GET', '/old/_security')).body).toEqual({ members: { roles: ['x'] } })
      expect((await server.ask('GET', '/old/_revs_limit')).body).toBe(7)
      expect((await server.ask('GET', '/_node/_local/_config/jwt_keys/ec:k')).body).toBe('pem')
      if (start === 0) await server.close()
    }
  })

  test('[DB50] a second server on the same folder is refused', async () => {
    server = await startEmbedded()
    await expect(startEmbedded({ dir: server.dir })).rejects.toThrow('in use')
    const { dir } = server
    await server.close()
    server = await startEmbedded({ dir })
  })

  test('[DB51] a follower hears of nothing that a power cut could take back', async () => {
    server = await startEmbedded({ durability: 'power' })
    const name = await server.freshDatabase()
    const headers = { authorization: server.authorization, 'content-type': 'application/json' }
    // Without a socket, so that nothing but the server itself takes time.
    const ask = async (path: string, init: RequestInit = {}) => {
      const answer = await server.couch.fetch(new Request(`http://test/${name}/${path}`, { headers, ...init }))
      return (await answer.json()) as { last_seq?: string }
    }
    for (let round = 0; round < 20; round++) {
      const { last_seq: since = '' } = await ask('_changes')
      const heard = ask(`_changes?feed=longpoll&since=${since}`).then(() => server.couch.figures().unsynced)
      await expect.poll(() => server.couch.figures().followers, { interval: 1 }).toBe(1)
      const written = ask(`d${round}`, { method: 'PUT', body: '{}' })
      expect(await heard).toBe(0)
      await written
    }
  })

  test('[DB52] a follower that knows more than a restored database hears all of it again', async () => {
    server = await startEmbedded()
    const name = await server.freshDatabase()
    await server.ask('PUT', `/${name}/old`, {})
    const { dir } = server
    await server.close()
    await cp(dir, `${dir}-copy`, { recursive: true })
    server = await startEmbedded({ dir })
    await server.ask('PUT', `/${name}/lost`, {})
    const since = encodeURIComponent(String(field(await server.ask('GET', `/${name}/_changes`), 'last_seq')))
    await server.close()
    await rm(dir, { recursive: true })
    await rename(`${dir}-copy`, dir)
    server = await startEmbedded({ dir })
    const answer = await server.ask('GET', `/${name}/_changes?feed=longpoll&since=${since}`)
    expect(answer.body).toMatchObject({ results: [{ id: 'old' }] })
  })

  test('[DB45] stopping ends feeds and answers who is inside', async () => {
    server = await startEmbedded()
    const name = await server.freshDatabase()
    const feed = server.ask('GET', `/${name}/_changes?feed=continuous&since=now&heartbeat=1000`)
    const writes = Array.from({ length: 20 }, (_, n) => server.ask('PUT', `/${name}/d${n}`, {}))
    await expect.poll(() => server.couch.figures().followers).toBe(1)
    const { dir } = server
    await Promise.all([server.couch.close(), feed])
    const acknowledged = (await Promise.all(writes)).filter((answer) => answer.status === 201).length
    await server.close()
    server = await startEmbedded({ dir })
    expect(field(await server.ask('GET', `/${name}`), 'doc_count')).toBeGreaterThanOrEqual(acknowledged)
  })
})
