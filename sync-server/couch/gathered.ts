import type { BulkRow, Couch, CouchDoc, Database, Stored } from './client.ts'

/**
 * Asks for many at once: the first question is asked by itself, and whatever comes while it is under way goes together
 * in the next request. Alone nobody waits longer for it; in a crowd one request, and one write to the disk, serves all.
 */
export function gathered<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  most = 64,
): (question: Q) => Promise<A> {
  type Waiting = { question: Q; answer: PromiseWithResolvers<A> }
  const waiting: Waiting[] = []
  let isAsking = false

  async function askAll(): Promise<void> {
    isAsking = true
    while (waiting.length > 0) {
      const some = waiting.splice(0, most)
      try {
        const answers = await ask(some.map(({ question }) => question))
        for (const [n, { answer }] of some.entries()) answer.resolve(answers[n] as A)
      } catch (error) {
        for (const { answer } of some) answer.reject(error)
      }
    }
    isAsking = false
  }
  return (question) => {
    const answer = Promise.withResolvers<A>()
    waiting.push({ question, answer })
    if (!isAsking) void askAll()
    return answer.promise
  }
}

type Read = (id: string) => Promise<Stored | null>
type Write = (doc: CouchDoc) => Promise<string | null>
const reads = new WeakMap<Couch, Map<string, Read>>()
const writes = new WeakMap<Database, Write>()

/** `get` of a database that many ask at the same time. */
export function gatheredRead(couch: Couch, name: string): Read {
  const ofCouch = reads.get(couch) ?? new Map<string, Read>()
  reads.set(couch, ofCouch)
  const known = ofCouch.get(name)
  if (known) return known
  const database = couch.database(name)
  const made = gathered(async (ids: readonly string[]) => {
    const [alone] = ids
    if (alone !== undefined && ids.length === 1) return [await database.get(alone)]
    const rows = await database.all({ keys: [...new Set(ids)], includeDocs: true })
    const docs = new Map(rows.map(({ id, doc, deleted }) => [id, deleted ? null : doc]))
    return ids.map((id) => docs.get(id) ?? null)
  })
  ofCouch.set(name, made)
  return made
}

function revOf({ id, rev, error, reason }: BulkRow, database: string): string | null {
  if (rev !== undefined && error === undefined) return rev
  if (error === 'conflict') return null
  throw new Error(`${database} refused ${id}: ${error ?? 'no answer'} ${reason ?? ''}`)
}

/** `put` into a database that many write to at the same time, each a document of its own: the new revision, or null on a conflict. */
export function gatheredWrite(database: Database): Write {
  const known = writes.get(database)
  if (known) return known
  const made = gathered(async (docs: readonly CouchDoc[]) => {
    const [alone] = docs
    if (alone !== undefined && docs.length === 1) return [await database.put(alone)]
    const firsts = new Map<string, CouchDoc>()
    for (const doc of docs) if (!firsts.has(doc._id)) firsts.set(doc._id, doc)
    const rows = await database.bulk([...firsts.values()])
    const revs = new Map(rows.map((row) => [row.id, revOf(row, database.name)]))
    return await Promise.all(
      docs.map(async (doc) => {
        const first = firsts.get(doc._id)
        if (first === doc) return revs.get(doc._id) ?? null
        // Of two changes of one revision the first has won, or lost as the second would.
        return first?._rev === doc._rev ? null : await database.put(doc)
      }),
    )
  })
  writes.set(database, made)
  return made
}
