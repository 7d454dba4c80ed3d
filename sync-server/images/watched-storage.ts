import { AppError } from '../../design-docs/errors.ts'
import type { Storage } from './storage.ts'

export const storageActions = ['put', 'putStream', 'get', 'stream', 'size', 'delete', 'list', 'check'] as const
export type StorageAction = (typeof storageActions)[number]
export type StorageFigures = Record<StorageAction, { done: number; failed: number; seconds: number }>
export type LastFailure = { action: StorageAction; at: number; cause: string }

export type WatchedStorage = Storage & {
  /** What was asked of it since this process started. */
  figures: StorageFigures
  /** Null until something has failed. */
  lastFailure(): LastFailure | null
}

type Watch = { now(): number; warn(message: string, cause: unknown): void }

/** No more often than this is one and the same trouble told to the log. */
const quietMs = 10_000

/**
 * The same storage, which counts what it does and says ZK-SYS-007 for whatever fails in it, so that callers try again
 * and organizers see why. What the giver of a stream throws is not its failure and goes through as it is.
 */
export function watchedStorage(storage: Storage, { now, warn }: Watch): WatchedStorage {
  const figures = Object.fromEntries(
    storageActions.map((action) => [action, { done: 0, failed: 0, seconds: 0 }]),
  ) as StorageFigures
  let last: LastFailure | null = null
  let toldAt = Number.NEGATIVE_INFINITY

  async function watch<T>(
    action: StorageAction,
    work: () => Promise<T>,
    isForeign = (_error: unknown) => false,
  ): Promise<T> {
    const begun = now()
    const figure = figures[action]
    try {
      const result = await work()
      figure.done++
      return result
    } catch (error) {
      if (isForeign(error) || error instanceof AppError) throw error
      figure.failed++
      const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      last = { action, at: now(), cause: cause.slice(0, 300) }
      if (now() - toldAt >= quietMs) {
        toldAt = now()
        warn('the storage of files failed', error)
      }
      throw new AppError('ZK-SYS-007', { cause: error })
    } finally {
      figure.seconds += (now() - begun) / 1000
    }
  }

  return {
    figures,
    lastFailure: () => last,
    put: (key, bytes, contentType) => watch('put', () => storage.put(key, bytes, contentType)),
    putStream(key, chunks, contentType) {
      const given = { error: undefined as unknown, failed: false }
      return watch(
        'putStream',
        () => storage.putStream(key, telling(chunks, given), contentType),
        (error) => given.failed && error === given.error,
      )
    },
    get: (key) => watch('get', () => storage.get(key)),
    stream: (key, range) => watch('stream', () => storage.stream(key, range)),
    has: async (key) => (await watch('size', () => storage.size(key))) !== null,
    size: (key) => watch('size', () => storage.size(key)),
    delete: (key) => watch('delete', () => storage.delete(key)),
    list: (folder) => watch('list', () => storage.list(folder)),
    check: () => watch('check', () => storage.check()),
  }
}

async function* telling(chunks: AsyncIterable<Uint8Array>, given: { error: unknown; failed: boolean }) {
  try {
    yield* chunks
  } catch (error) {
    given.failed = true
    given.error = error
    throw error
  }
}
