import { hash } from 'node:crypto'
import { join } from 'node:path'
import { type Couch, connectCouch } from '../../sync-server/couch/client.ts'
import { openEmbeddedCouch } from '../../sync-server/couch/embedded/open-embedded-couch.ts'

export type CouchApart = {
  couch: Couch
  /** The process that had it ends; the data stays. */
  close(): Promise<void>
  /** Takes away what lies outside of the folder. */
  drop(): Promise<void>
}

/**
 * A database server that seems to be one's own, for tests whose event has a fixed name: an embedded one in this folder,
 * or that of `COUCHDB_URL`, where every database carries a prefix made of the folder's name, which stays over a restart.
 */
export async function openCouchApart(folder: string): Promise<CouchApart> {
  const real = process.env.COUCHDB_URL
  if (real) {
    const couch = connectCouch(real, undefined, underPrefix(prefixOf(folder)))
    return {
      couch,
      close: async () => {},
      async drop() {
        for (const name of await couch.names()) await couch.drop(name)
      },
    }
  }
  const embedded = await openEmbeddedCouch({
    dir: join(folder, 'couch'),
    admins: { server: 'secret' },
    durability: 'process',
    maxOpenDatabases: 300,
  })
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const response = await embedded.fetch(request)
    request.signal.throwIfAborted()
    return response
  }
  const couch = connectCouch('http://server:secret@embedded.invalid', undefined, send)
  return { couch, close: embedded.close, drop: async () => {} }
}

/** What lies outside of one folder takes the place of what lies outside of another, when its files were copied. */
export async function copyCouchApart(from: string, to: string): Promise<void> {
  const real = process.env.COUCHDB_URL
  if (!real) return
  const [source, target] = await Promise.all([openCouchApart(from), openCouchApart(to)])
  await target.drop()
  const at = (folder: string, name: string) => ({
    url: new URL(prefixOf(folder) + name, real).href.replace(/\/\/[^@]*@/, '//'),
    headers: { authorization: source.couch.authorization },
  })
  // Each takes a CouchDB two seconds, most of which it waits.
  await Promise.all(
    (await source.couch.names()).map(async (name) => {
      await target.couch.create(name)
      await source.couch.json('POST', '/_replicate', { source: at(from, name), target: at(to, name) })
    }),
  )
}

const prefixOf = (folder: string) => `t${hash('sha256', folder).slice(0, 12)}-`

/** Names of databases stand in the path and in the list of all; what belongs to the whole server begins with `_`. */
function underPrefix(prefix: string): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input))
    const name = url.pathname.slice(1)
    if (!name.startsWith('_')) url.pathname = `/${prefix}${name}`
    const response = await fetch(url, init)
    if (name !== '_all_dbs' || !response.ok) return response
    const all = (await response.json()) as string[]
    return Response.json(all.flatMap((one) => (one.startsWith(prefix) ? [one.slice(prefix.length)] : [])))
  }
}
