import http from 'pouchdb-adapter-http'
import PouchDB from 'pouchdb-core'
import replication from 'pouchdb-replication'
import '../store/browser/page.ts'

PouchDB.plugin(http).plugin(replication)

/** What an app would do that left the first sync to PouchDB: pull the database into IndexedDB, by its defaults. */
async function plainReplication(url: string, token: string): Promise<{ ms: number; count: number }> {
  const headers = { authorization: `Bearer ${token}` }
  const remote = new PouchDB(url, {
    adapter: 'http',
    skip_setup: true,
    fetch: (path: string | Request, init: RequestInit = {}) =>
      fetch(path, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers } }),
  } as PouchDB.Configuration.RemoteDatabaseConfiguration)
  const local = new PouchDB(`plain-${Math.random()}`, { adapter: 'idb' })
  const begun = performance.now()
  await local.replicate.from(remote, { checkpoint: 'target' } as object)
  const ms = performance.now() - begun
  const { doc_count } = await local.info()
  await local.destroy()
  return { ms, count: doc_count }
}

Object.assign(globalThis, { plainReplication })
