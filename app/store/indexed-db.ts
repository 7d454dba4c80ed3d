import idb from 'pouchdb-adapter-idb'
import PouchDB from 'pouchdb-core'
import type { OpenDatabase } from './database.ts'

PouchDB.plugin(idb)

/** IndexedDB by the `idb` adapter: `indexeddb` lost writes with two tabs. Old revisions go as new ones come. */
export const openIndexedDb: OpenDatabase = (name) =>
  new PouchDB(name, { adapter: 'idb', auto_compaction: true, revs_limit: 20 })
