import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Couch, Database } from '../../../sync-server/couch/client.ts'

export type ReadPage = { changes: number; limit: number | undefined }

/** A real database that notes each page of changes read from one of its databases, and which of them are still held. */
export type CountingCouch = Couch & {
  /** Pages with changes, in the order in which they were read. */
  pages: readonly ReadPage[]
  /** How many of these pages something in this process still holds, once all garbage has been collected. */
  held(): Promise<number>
}

export function counting(couch: Couch, databaseName: string): CountingCouch {
  const pages: ReadPage[] = []
  const firstDocs: WeakRef<object>[] = []

  const noting = (database: Database): Database => ({
    ...database,
    async changes(query) {
      const answer = await database.changes(query)
      const first = answer.results[0]?.doc
      if (first && query?.limit !== 1) {
        pages.push({ changes: answer.results.length, limit: query?.limit })
        firstDocs.push(new WeakRef(first))
      }
      return answer
    },
  })

  return {
    ...couch,
    database: (name) => (name === databaseName ? noting(couch.database(name)) : couch.database(name)),
    pages,
    async held() {
      // What a WeakRef was asked for lives until the turn is over.
      await new Promise(setImmediate)
      collectGarbage()
      return firstDocs.filter((doc) => doc.deref() !== undefined).length
    },
  }
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
