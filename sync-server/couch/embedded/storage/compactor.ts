import { changeBell } from './change-bell.ts'
import { compactDocuments } from './compact-documents.ts'
import type { Database } from './database.ts'
import { whileNobodyWrites } from './open-store.ts'
import { reclaimDisk } from './reclaim-disk.ts'
import type { Sizes } from './records.ts'

/** When a database is compacted by itself. */
export type CompactionLimits = {
  /** Less than this is never worth the work. */
  floorBytes: number
  /** What was replaced, as a share of what is still needed. */
  ratio: number
  /** So much is enough, however large the rest. */
  enoughBytes: number
}
export type Compactor = ReturnType<typeof compactor>

const mebibyte = 1024 * 1024
export const defaultLimits: CompactionLimits = { floorBytes: 4 * mebibyte, ratio: 1, enoughBytes: 64 * mebibyte }

/** A pause of so many times what the work took leaves four fifths of the time to everybody else. */
const restFactor = 4
const afterFailureMs = 10_000

/**
 * Removes what was replaced, one database at a time and in the background: by itself when there is enough of it, with
 * rests in between, or at once when somebody asks.
 */
export function compactor(limits: CompactionLimits, onFailure: (error: unknown) => void) {
  const waiting = new Map<Database, 'asked' | 'due'>()
  const bell = changeBell()
  const stopping = new AbortController()
  let running: Promise<void> | undefined

  function add(database: Database, why: 'asked' | 'due'): void {
    if (stopping.signal.aborted || waiting.get(database) === 'asked') return
    waiting.set(database, why)
    if (why === 'asked') {
      database.compacting = true
      bell.ring()
    }
    running ??= run().finally(() => {
      running = undefined
    })
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const next = [...waiting].find(([, why]) => why === 'asked') ?? [...waiting][0]
      if (!next) return
      const heard = bell.count()
      const restMs = await compact(...next)
      await bell.wait(heard, { timeoutMs: restMs, signal: stopping.signal })
    }
  }

  /** Answers how long to rest. */
  async function compact(database: Database, why: 'asked' | 'due'): Promise<number> {
    const begunMs = performance.now()
    waiting.delete(database)
    database.compacting = true
    try {
      const finished = await compactOnce(database, why === 'asked')
      if (!database.ended && (!finished || isDue(database.sizes(), limits))) add(database, finished ? 'due' : why)
      return (performance.now() - begunMs) * restFactor
    } catch (error) {
      if (!database.ended) onFailure(error)
      return afterFailureMs
    } finally {
      database.compacting = waiting.get(database) === 'asked'
    }
  }

  function compactOnce(database: Database, thorough: boolean): Promise<boolean> {
    return database.tend(async (store, counted, others) => {
      const shouldStop = () => database.ended || stopping.signal.aborted || others.wantAlone()
      const { removed, finished } = await compactDocuments(counted, {
        shouldStop,
        readersGone: others.gone,
        whileNobodyWrites: (work) => whileNobodyWrites(store, work),
      })
      await reclaimDisk(counted.records, removed, { thorough, shouldStop })
      return finished
    })
  }

  return {
    /** After a change: compacts when enough was replaced. */
    consider(database: Database): void {
      if (!database.compacting && !waiting.has(database) && isDue(database.sizes(), limits)) add(database, 'due')
    },
    /** Compacts as soon as the one before is done. */
    ask: (database: Database) => add(database, 'asked'),
    /** Resolves when nothing is touched any more. */
    async stop(): Promise<void> {
      stopping.abort()
      await running
    },
  }
}

/** What nobody has counted yet is counted. */
function isDue(sizes: Sizes | undefined, { floorBytes, ratio, enoughBytes }: CompactionLimits): boolean {
  if (!sizes) return true
  const { stored, replaced } = sizes
  return replaced >= floorBytes && replaced >= Math.min(enoughBytes, ratio * (stored - replaced))
}
