import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type ChangeBell, changeBell } from './change-bell.ts'
import type { Records } from './level.ts'
import type { Counted, LevelOpener } from './level-opener.ts'
import type { Store } from './open-store.ts'
import type { Sizes } from './records.ts'
import type { DatabaseRecord } from './registry.ts'
import type { Others, Slot, StorePool } from './store-pool.ts'

/** A listed database: open or not, it can be waited on, and it knows what its design documents demand of writers. */
export type Database = {
  readonly name: string
  readonly record: DatabaseRecord
  /** Ends every follower; set once the database is deleted or the server stops. */
  ended: boolean
  /** Counts changes made by this process, so that nobody waits for one that has already happened. */
  version(): number
  use<T>(work: (store: Store) => Promise<T>): Promise<T>
  /** Runs with the files closed and nobody inside; gets the path of the files. */
  alone<T>(work: (path: string) => Promise<T>): Promise<T>
  /** Runs upkeep on the open files; gets what is counted of them, too. */
  tend<T>(work: (store: Store, counted: Counted, others: Others) => Promise<T>): Promise<T>
  /** The open files past PouchDB, for reading. */
  records(): Records
  /** Set while old bodies are being removed. */
  compacting: boolean
  /** Bytes of bodies and attachments, while the files are open; undefined when nobody has counted them yet. */
  sizes(): Sizes | undefined
  /** Bytes that the files take. */
  sizeOnDisk(): Promise<number>
  /** Resolves when everything written so far survives; no answer leaves before. */
  durable(): Promise<void>
  /** Documents that were deleted, as `doc_del_count` counts them. */
  deletedCount(livingCount: number): number
  /** Feeds that wait for the next change. */
  followers(): number
  /** How often `once` had to compute. */
  reads(): number
  setRevsLimit(limit: number): void
  /** Tells followers, and forgets what was derived from the state before. */
  changed(): void
  /** Waits for the first change after `version`. */
  waitForChange: ChangeBell['wait']
  /** Computes once for all who ask the same at the same time; a change begins a new time. */
  once<T>(key: string, compute: () => Promise<T>): Promise<T>
  /** Computes once and remembers until a design document changes. */
  designOnce<T>(key: string, compute: () => Promise<T>): Promise<T>
  designChanged(): void
}

export function listedDatabase(parts: {
  name: string
  record: DatabaseRecord
  path: string
  pool: StorePool
  opener: LevelOpener
  onChange: () => void
}): Database {
  const { name, record, path, pool, opener, onChange } = parts
  const slot: Slot = pool.slot(path, record.revsLimit)
  const bell = changeBell()
  const answers = new Map<string, Promise<unknown>>()
  const designs = new Map<string, Promise<unknown>>()
  let reads = 0

  return {
    name,
    record,
    ended: false,
    version: bell.count,
    use: (work) => pool.use(slot, work),
    alone: (work) => pool.alone(slot, () => work(path)),
    tend: (work) => pool.tend(slot, (store, others) => work(store, opener.opened(path), others)),
    records: () => opener.opened(path).records,
    compacting: false,
    sizes: () => opener.tally(path).sizes,
    sizeOnDisk: () => folderBytes(path),
    durable: () => opener.durable(path),
    deletedCount: (livingCount) => Math.max(0, opener.tally(path).total - livingCount),
    followers: bell.waiting,
    reads: () => reads,
    setRevsLimit(limit) {
      record.revsLimit = limit
      slot.revsLimit = limit
    },
    changed() {
      answers.clear()
      bell.ring()
      onChange()
    },
    waitForChange: bell.wait,
    once(key, compute) {
      const answer = remember(answers, key, () => {
        reads++
        return compute()
      })
      const forget = () => {
        if (answers.get(key) === answer) answers.delete(key)
      }
      answer.then(forget, forget)
      return answer
    },
    designOnce: (key, compute) => remember(designs, key, compute),
    designChanged: () => designs.clear(),
  }
}

async function folderBytes(path: string): Promise<number> {
  const names = await readdir(path)
  // A file that LevelDB has replaced since takes nothing.
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(path, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** One promise per key; a failure is not remembered. */
function remember<T>(memory: Map<string, Promise<unknown>>, key: string, compute: () => Promise<T>): Promise<T> {
  const known = memory.get(key) as Promise<T> | undefined
  if (known) return known
  const computed = compute()
  memory.set(key, computed)
  computed.catch(() => {
    if (memory.get(key) === computed) memory.delete(key)
  })
  return computed
}
