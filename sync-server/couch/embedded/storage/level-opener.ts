import { readdirSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import leveldown from 'leveldown'
import { countBatch, emptyTally, readTally, type Tally, type Written } from './count-batch.ts'
import { type Level, type Records, recordsOf } from './level.ts'
import { shareWork } from './share-work.ts'
import { syncDirectory } from './sync-directory.ts'

type Done = (error?: Error | null) => void
/** The part of abstract-leveldown that PouchDB writes through. */
type Hooked = Level & {
  _open(options: object, done: Done): void
  _batch(operations: Written[], options: { counted?: boolean }, done: Done): void
}
export type LevelOpener = ReturnType<typeof levelOpener>

/**
 * Opens LevelDB for PouchDB and knows how far each database is on disk. LevelDB hands every write to the kernel at
 * once, so it survives the end of the process; `durable` adds what a power cut asks for. PouchDB writes one batch after
 * the other, so a sync in every batch could never be shared; here it comes after, once for all who wait.
 */
export function levelOpener(durability: 'power' | 'process') {
  const tracked = new Map<string, Tracked>()
  let syncs = 0

  function zekkenLevel(location: string): Level {
    const level = leveldown(location) as Hooked
    const records = recordsOf(level)
    const state = track(location, { records, onSync: () => syncs++ })
    tracked.set(location, state)
    // A view must not be ahead of its database after a power cut: it would skip what the database gets again.
    const source = tracked.get(location.split('-mrview-')[0] ?? '')
    const isView = source !== undefined && source !== state

    const openLevel = level._open.bind(level)
    level._open = (options, done) => {
      openLevel(options, (error) => {
        if (error) return done(error)
        readTally(records).then((tally) => {
          state.tally = tally
          done()
        }, done)
      })
    }
    const write = level._batch.bind(level)
    level._batch = (operations, options, done) => {
      if (options.counted) return write(operations, options, done)
      const prepare = async () => {
        if (!isView) return await countBatch(records, state.tally, operations)
        await whenDurable(source)
        return { tally: state.tally, added: [] }
      }
      prepare().then(({ tally, added }) => {
        operations.push(...added)
        write(operations, options, (error) => {
          if (!error) {
            state.written++
            state.tally = tally
          }
          done(error)
        })
      }, done)
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
    /** Counted figures of an open database. */
    tally: (location: string): Tally => tracked.get(location)?.tally ?? emptyTally(),
    /** An open database past PouchDB, for who keeps its figures right. */
    opened(location: string): Counted {
      const state = tracked.get(location)
      if (!state) throw new Error('The database is not open.')
      return state
    },
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

/** The records of an open database and what is counted of them. */
export type Counted = { records: Records; tally: Tally }
type Tracked = Counted & { written: number; synced: number; sync(): Promise<void>; end(): Promise<void> }

function track(location: string, { records, onSync }: { records: Records; onSync: () => void }): Tracked {
  const logs = new Map<string, FileHandle>()
  let broken: unknown
  const state: Tracked = {
    written: 0,
    synced: 0,
    records,
    tally: emptyTally(),
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
  const present = new Set(readdirSync(location).filter((name) => name.endsWith('.log')))
  for (const [name, handle] of logs) {
    if (present.has(name)) continue
    logs.delete(name)
    await handle.close()
  }
  const fresh = [...present].filter((name) => !logs.has(name))
  for (const name of fresh) {
    const handle = await open(join(location, name), 'r').catch(ignoreAbsent)
    if (handle) logs.set(name, handle)
  }
  const contents = [...logs.values()].map((handle) => handle.datasync())
  const names = fresh.length > 0 ? [location, dirname(location)].map(syncDirectory) : []
  await Promise.all([...contents, ...names])
}

/** A log that went away between listing and opening is contained in a table file that LevelDB has synced. */
function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
