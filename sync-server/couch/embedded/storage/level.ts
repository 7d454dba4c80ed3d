import type { Operation } from './records.ts'

type Done = (error?: Error | null) => void
type Found<T> = (error: Error | null, value?: T) => void
type Range = { gt?: string; gte?: string; lt?: string; lte?: string; values?: boolean; limit?: number }
type Iterator = {
  next(found: (error: Error | null | undefined, key?: string, value?: Buffer) => void): void
  end(done: Done): void
}
/** LevelDB by leveldown, as far as it is used past PouchDB. */
export type Level = {
  open(options: object, done: Done): void
  close(done: Done): void
  get(key: string, options: { asBuffer: true }, found: Found<Buffer>): void
  getMany(keys: string[], options: { asBuffer: true }, found: Found<(Buffer | undefined)[]>): void
  batch(operations: Operation[], options: { sync?: boolean; counted?: boolean }, done: Done): void
  iterator(options: object): Iterator
  approximateSize(start: string, end: string, found: Found<number>): void
  compactRange(start: string, end: string, done: Done): void
}
export type Records = ReturnType<typeof recordsOf>

export const settle = (start: (done: Done) => void) =>
  new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))

/** The records of an open LevelDB, by promises. */
export function recordsOf(level: Level) {
  const bytes = (key: string) =>
    new Promise<Buffer | undefined>((resolve) => level.get(key, { asBuffer: true }, (_absent, value) => resolve(value)))
  return {
    bytes,
    async json<T>(key: string): Promise<T | undefined> {
      const value = await bytes(key)
      return value === undefined ? undefined : (JSON.parse(value.toString('utf8')) as T)
    },
    many: (keys: string[]) =>
      new Promise<(Buffer | undefined)[]>((resolve, reject) => {
        level.getMany(keys, { asBuffer: true }, (error, values) => (error ? reject(error) : resolve(values ?? [])))
      }),
    write: (operations: Operation[], options: { sync?: boolean; counted?: boolean } = {}) =>
      settle((done) => level.batch(operations, options, done)),
    /** Keys in their order, with their values where asked for. */
    async *scan(range: Range): AsyncGenerator<{ key: string; value: Buffer | undefined }> {
      const iterator = level.iterator({ values: false, ...range, keyAsBuffer: false, valueAsBuffer: true })
      try {
        for (;;) {
          const entry = await new Promise<{ key: string; value: Buffer | undefined } | undefined>((resolve, reject) => {
            iterator.next((error, key, value) => {
              if (error) reject(error)
              else resolve(key === undefined ? undefined : { key, value })
            })
          })
          if (!entry) return
          yield entry
        }
      } finally {
        await settle((done) => iterator.end(done))
      }
    },
    /** Bytes that a range takes on disk, what still waits in the log excepted. */
    sizeOnDisk: (start: string, end: string) =>
      new Promise<number>((resolve, reject) => {
        level.approximateSize(start, end, (error, size) => (error ? reject(error) : resolve(size ?? 0)))
      }),
    /** Brings what waits in the log into a file. Before a deletion: in one file with it, records would stay for ever. */
    flush: () => settle((done) => level.compactRange('\0', '\0', done)),
    /** Rewrites a range without what was deleted from it. */
    rewrite: (start: string, end: string) => settle((done) => level.compactRange(start, end, done)),
  }
}
