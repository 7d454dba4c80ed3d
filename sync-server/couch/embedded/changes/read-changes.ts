import { toRefusal } from '../routing/refusal.ts'
import type { Database } from '../storage/database.ts'
import type { Store, StoreChange, StoredDoc } from '../storage/open-store.ts'
import type { ChangesQuery } from './changes-query.ts'
import { readRows } from './read-rows.ts'
import { writeSequence } from './sequence.ts'

/** Rows as they go over the wire, and where the next read continues. */
export type ChangesBatch = { rows: { seq: number; line: string }[]; lastSeq: number; pending: number }

const filteredBatch = 500

/**
 * Reads the changes after `since`, all of them on disk before anybody hears of them: a follower that stored a
 * sequence which a power cut took back would skip whatever gets that sequence next.
 */
export async function readChanges(
  database: Database,
  query: ChangesQuery,
  from: { since: number | null; limit: number },
): Promise<ChangesBatch> {
  const batch = await database.use((store) => readFrom(store, database, query, from))
  await database.durable()
  return batch
}

/** The same, shared by all followers that ask the same at the same moment: they all wake with the same change. */
export function readShared(
  database: Database,
  query: ChangesQuery,
  from: { since: number; limit: number },
): Promise<ChangesBatch> {
  if (query.filter) return readChanges(database, query, from)
  const question = JSON.stringify([from.since, from.limit, query.options])
  return database.once(question, () => readChanges(database, query, from))
}

async function readFrom(
  store: Store,
  database: Database,
  query: ChangesQuery,
  { since, limit }: { since: number | null; limit: number },
): Promise<ChangesBatch> {
  // Asked before reading: rows that come in between are read again rather than passed over.
  const { update_seq: newest } = await store.info()
  if (since === null && !query.descending) return { rows: [], lastSeq: newest, pending: 0 }
  // Who has heard of more than there is followed this database before it was restored: its history begins anew.
  const start = since === null ? newest : since > newest ? 0 : since
  const { descending } = query
  const options = { ...query.options, ...(descending ? { descending } : { since: start }) }
  const results = query.filter
    ? await readFiltered(store, { options, filter: query.filter, since: start, limit, descending })
    : isPlain(query)
      ? await readRows(database.records(), { since: start, limit }, query.options)
      : (await store.changes({ ...options, ...(limit === Number.POSITIVE_INFINITY ? {} : { limit }) })).results
  const last = results.at(-1)?.seq ?? start
  const lastSeq = descending || results.length >= limit ? last : Math.max(last, newest)
  return {
    rows: results.map((row) => ({ seq: row.seq, line: JSON.stringify(wireRow(database, row)) })),
    lastSeq,
    pending: Math.max(0, newest - lastSeq),
  }
}

/** Neither narrowed nor backwards nor with bytes. */
const isPlain = ({ options, descending }: ChangesQuery) =>
  !descending && !options.attachments && options.doc_ids === undefined && options.selector === undefined

const wireRow = (database: Database, { seq, id, changes, deleted, doc }: StoreChange) => ({
  seq: writeSequence(database, seq),
  id,
  changes,
  ...(deleted ? { deleted } : {}),
  ...(doc ? { doc } : {}),
})

/** Reads on until enough rows have passed the filter. */
async function readFiltered(
  store: Store,
  asked: {
    options: Record<string, unknown>
    filter: NonNullable<ChangesQuery['filter']>
    since: number
    limit: number
    descending: boolean
  },
): Promise<StoreChange[]> {
  const passed: StoreChange[] = []
  let { since } = asked
  for (;;) {
    const page = asked.descending ? {} : { since, limit: filteredBatch }
    const { results } = await store.changes({ ...asked.options, include_docs: true, ...page })
    const docs = results.map((row) => row.doc as StoredDoc)
    const verdicts = filterSafely(asked.filter, docs)
    for (const [index, row] of results.entries()) {
      if (!verdicts[index]) continue
      const { doc, ...bare } = row
      passed.push(asked.options.include_docs ? row : bare)
      if (passed.length >= asked.limit) return passed
    }
    since = results.at(-1)?.seq ?? since
    if (asked.descending || results.length < filteredBatch) return passed
  }
}

function filterSafely(filter: NonNullable<ChangesQuery['filter']>, docs: StoredDoc[]): boolean[] {
  try {
    return filter(docs)
  } catch (error) {
    throw toRefusal(error)
  }
}
