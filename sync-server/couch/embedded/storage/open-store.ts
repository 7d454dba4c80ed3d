import LevelAdapter from 'pouchdb-adapter-leveldb'
import PouchDB from 'pouchdb-core'
import Find from 'pouchdb-find'
import MapReduce from 'pouchdb-mapreduce'
import type { LevelOpener } from './level-opener.ts'
import type { RevisionTree } from './revision-tree.ts'

export type Attachment = {
  content_type: string
  digest: string
  revpos: number
  length?: number
  stub?: boolean
  data?: Buffer | string
}
export type Revisions = { start: number; ids: string[] }
export type StoredDoc = {
  _id: string
  _rev: string
  _deleted?: boolean
  _attachments?: Record<string, Attachment>
  _revisions?: Revisions
  [field: string]: unknown
}
export type WriteResult = { ok?: boolean; id: string; rev: string; error?: unknown; status?: number; name?: string }
export type StoreChange = {
  id: string
  seq: number
  changes: { rev: string }[]
  deleted?: boolean
  doc?: StoredDoc
}
export type StoreRow = {
  id?: string
  key: unknown
  value?: { rev: string; deleted?: boolean }
  error?: string
  doc?: StoredDoc | null
}
type Options = Record<string, unknown>

/** What the rooms use of PouchDB; its own types promise both more and less. */
export type Store = {
  name: string
  info(): Promise<{ doc_count: number; update_seq: number }>
  get(id: string, options?: Options): Promise<StoredDoc>
  put(doc: object): Promise<WriteResult>
  remove(doc: object): Promise<WriteResult>
  bulkDocs(docs: object[], options: { new_edits: boolean }): Promise<WriteResult[]>
  allDocs(options: Options): Promise<{ total_rows: number; offset: number; rows: StoreRow[]; update_seq?: number }>
  changes(options: Options): Promise<{ results: StoreChange[]; last_seq: number }>
  getAttachment(id: string, name: string, options?: Options): Promise<Buffer>
  query(view: string, options: Options): Promise<Record<string, unknown>>
  find(request: object): Promise<{ docs: object[]; warning?: string }>
  explain(request: object): Promise<Record<string, unknown>>
  getIndexes(): Promise<Record<string, unknown>>
  createIndex(request: object): Promise<{ result: string; id: string; name: string }>
  deleteIndex(request: object): Promise<unknown>
  viewCleanup(): Promise<unknown>
  close(): Promise<void>
  destroy(): Promise<unknown>
  _getRevisionTree(id: string, done: (error: { status?: number } | null, tree?: RevisionTree) => void): void
  _doCompaction(id: string, revs: string[], options: { ctx: object }, done: () => void): void
  /** PouchDB's cache of open views; it leaves them open when their database closes. */
  _cachedViews?: Record<string, Promise<{ db: Store }>>
}

PouchDB.plugin(LevelAdapter).plugin(MapReduce).plugin(Find)

/** LevelDB's caches, small because hundreds of databases may be open at once. */
const levelLimits = { cacheSize: 1024 * 1024, writeBufferSize: 2 * 1024 * 1024, maxOpenFiles: 50 }

/** Opens one database's files; PouchDB 9 on LevelDB is named here and nowhere else. */
export async function openStore(path: string, revsLimit: number, opener: LevelOpener): Promise<Store> {
  // Nothing here is older than PouchDB 3, whose folders it would look for at every opening.
  const migrate = false
  const options = { adapter: 'leveldb', db: opener, revs_limit: revsLimit, migrate, ...levelLimits }
  const store = new PouchDB(path, options as PouchDB.Configuration.DatabaseConfiguration) as unknown as Store
  await store.info()
  return store
}

/** Closes a database and the views that were opened for it. */
export async function closeStore(store: Store, opener: LevelOpener): Promise<void> {
  const views = await Promise.allSettled(Object.values(store._cachedViews ?? {}))
  for (const view of views) {
    if (view.status !== 'fulfilled') continue
    await view.value.db.close()
    await opener.forget(view.value.db.name)
  }
  await store.close()
  await opener.forget(store.name)
}

/**
 * Runs `work` while PouchDB neither writes nor reads documents: its queue is entered through the one door that takes
 * a transaction from outside, and left when `work` ends.
 */
export function whileNobodyWrites<T>(store: Store, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const hold = (_kind: unknown, _key: string, leave: (error: Error) => void) => {
      const left = () => leave(new Error('Nothing to be done.'))
      work().then(resolve, reject).finally(left)
    }
    store._doCompaction('', ['0-0'], { ctx: { get: hold } }, () => {})
  })
}

/** The revisions of a document, those without a body included; undefined when nobody has heard of it. */
export function revisionTree(store: Store, id: string): Promise<RevisionTree | undefined> {
  return new Promise((resolve, reject) => {
    store._getRevisionTree(id, (error, tree) => {
      if (error && error.status !== 404) reject(error)
      else resolve(tree)
    })
  })
}
