import { coalesce } from './coalesce.ts'
import type { LocalChange, LocalDatabase, LocalDoc } from './database.ts'

/** Reads a database once and keeps up with it, whoever writes: this tab says so, the others send a message. */
export type Table = {
  database: LocalDatabase
  /** Takes in what was written since; resolves when everything written before the call has been seen. */
  refresh(): Promise<void>
  /** Writes, then refreshes; null where a newer revision was there already. */
  write(docs: readonly LocalDoc[]): Promise<(string | null)[]>
}

export function createTable<T extends LocalDoc>(
  database: LocalDatabase,
  take: (changes: LocalChange<T>[]) => void,
  onWrite: () => void = () => undefined,
): Table {
  let since = 0
  const refresh = coalesce(async () => {
    const answer = await database.changesSince<T>(since)
    since = answer.since
    if (answer.changes.length > 0) take(answer.changes)
  })

  return {
    database,
    refresh,
    async write(docs) {
      const revisions = await database.bulk(docs)
      onWrite()
      await refresh()
      return revisions
    },
  }
}
