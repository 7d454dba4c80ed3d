import { readdirSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import leveldown from 'leveldown'
import { syncDirectory } from './durable-file.ts'
import { shareWork } from './share-work.ts'

type Operation = { type: 'put' | 'del'; key: string; value?: unknown }
type Done = (error?: Error | null) => void
/** The part of abstract-leveldown that PouchDB writes through. */
type Level = {
  _open(options: object, done: Done): void
  _batch(operations: Operation[], options: object, done: Done): void
  _put(key: string, value: unknown, options: object, done: Done): void
  _get(key: string, options: object, done: (error: Error | null, value?: Buffer | string) => void): void
  _getMany(keys: string[], options: object, done: (error: Error | null, values?: unknown[]) => void): void
}
export type LevelOpener = ReturnType<typeof levelOpener>

const documentKey = '\xffdocument-store\xff'
/** How many documents there are, deleted ones included; PouchDB counts the living only. */
export const totalKey = '\xffzekken\xfftotal'

/**
 * Opens LevelDB for PouchDB and knows how far each database is on disk. LevelDB hands every write to the kernel at
 * once, so it survives the end of the process; `durable` adds what a power cut asks for. PouchDB writes one batch after
 * the other, so a sync in every batch could never be shared; here it comes after, once for all who wait.
 */
export function levelOpener(durability: 'power' | 'process') {
  const tracked = new Map<string, Tracked>()
  let syncs = 0

  function zekkenLevel(location: string): Level {
    const level = leveldown(location) as unknown as Level
    const state = track(location, () => syncs++)
    tracked.set(location, state)
    // A view must not be ahead of its database after a power cut: it would skip what the database gets again.
    const source = tracked.get(location.split('-mrview-')[0] ?? '')
    const isView = source !== undefined && source !== state

    const openLevel = level._open.bind(level)
    level._open = (options, done) => {
      openLevel(options, (error) => {
        if (error) return done(error)
        level._get(totalKey, { asBuffer: false }, (_absent, value) => {
          state.total = Number(value ?? 0)
          done()
        })
      })
    }
    const write = level._batch.bind(level)
    level._batch = (operations, options, done) => {
      const prepare = async () => {
        if (isView) await whenDurable(source)
        return isView ? 0 : await countNew(level, operations)
      }
      prepare().then((fresh) => {
        if (fresh > 0) operations.push({ type: 'put', key: totalKey, value: String(state.total + fresh) })
        write(operations, options, (error) => {
          if (!error) {
            state.written++
            state.total += fresh
          }
          done(error)
        })
      }, done)
    }
    const put = level._put.bind(level)
    level._put = (key, value, options, done) => {
      put(key, value, options, (error) => {
        if (!error) state.written++
        done(error)
      })
    }
    return level
  }

  const whenDurable = async (state: Tracked) => {
    if (durability === 'power') await state.sync()
  }

  const opener = Object.assign(zekkenLevel, {
    destroy: leveldown.destroy,
    /** Resolves when everything written to this database so far survives what the durability asks for. */
    async durable(location: string): Promise<void> {
      const state = tracked.get(location)
      if (state && state.synced < state.written) await whenDurable(state)
    },
    /** Documents of an open database, deleted ones included. */
    total: (location: string) => tracked.get(location)?.total ?? 0,
    /** Once a database is closed. */
    async forget(location: string): Promise<void> {
      const state = tracked.get(location)
      tracked.delete(location)
      await state?.end()
    },
    figures: () => ({ syncs, unsynced: [...tracked].filter(isUnsynced).length }),
  })
  return opener
}

/** Views are built again from their database and never synced for their own sake. */
const isUnsynced = ([location, state]: [string, Tracked]) =>
  !location.includes('-mrview-') && state.synced < state.written

type Tracked = { written: number; synced: number; total: number; sync(): Promise<void>; end(): Promise<void> }

function track(location: string, onSync: () => void): Tracked {
  const logs = new Map<string, FileHandle>()
  let broken: unknown
  const state: Tracked = {
    written: 0,
    synced: 0,
    total: 0,
    sync: shareWork(async () => {
      // After a failed sync the kernel may call lost pages clean, so a later success would prove nothing.
      if (broken !== undefined) throw broken
      const target = state.written
      try {
        await syncLogs(location, logs)
      } catch (error) {
        broken = error
        throw error
      }
      state.synced = target
      onSync()
    }),
    async end() {
      const handles = [...logs.values()]
      logs.clear()
      for (const handle of handles) await handle.close()
    },
  }
  return state
}

/**
 * LevelDB changes to a new log without syncing the old one, so all of them are synced, a new one with its name. Handles
 * stay open and the folder is listed at once: on a busy machine every trip to another thread costs more than the work.
 */
async function syncLogs(location: string, logs: Map<string, FileHandle>): Promise<void> {
  const names = new Set(readdirSync(location).filter((name) => name.endsWith('.log')))
  for (const [name, handle] of logs) {
    if (names.has(name)) continue
    logs.delete(name)
    await handle.close()
  }
  const fresh = [...names].filter((name) => !logs.has(name))
  for (const name of fresh) {
    const handle = await open(join(location, name), 'r').catch(ignoreAbsent)
    if (handle) logs.set(name, handle)
  }
  for (const handle of logs.values()) await handle.datasync()
  if (fresh.length > 0) {
    await syncDirectory(location)
    await syncDirectory(dirname(location))
  }
}

/** A log that went away between listing and opening is contained in a table file that LevelDB has synced. */
function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** How many documents of a batch have ids that this database has never seen; their count goes into the same batch. */
async function countNew(level: Level, operations: Operation[]): Promise<number> {
  const keys = operations.flatMap((each) => (each.type === 'put' && each.key.startsWith(documentKey) ? [each.key] : []))
  if (keys.length === 0) return 0
  const values = await new Promise<unknown[]>((resolve, reject) => {
    level._getMany(keys, { asBuffer: false }, (error, found) => (error ? reject(error) : resolve(found ?? [])))
  })
  return values.filter((value) => value === undefined).length
}
