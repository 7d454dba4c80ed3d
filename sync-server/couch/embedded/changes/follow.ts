import type { Database } from '../storage/database.ts'
import type { ChangesQuery } from './changes-query.ts'
import { readShared } from './read-changes.ts'
import { writeSequence } from './sequence.ts'

type Following = { database: Database; query: ChangesQuery; since: number; signal: AbortSignal }

/** Rows read at a time by a feed that streams, so that a long history is never in memory at once. */
const batchRows = 1000

/** What came after `since`; nothing from a database that is being deleted or closed, which must not be read any more. */
async function nextBatch(asked: { database: Database; query: ChangesQuery; since: number; limit: number }) {
  const { database, query, since, limit } = asked
  if (database.ended) return { rows: [], lastSeq: since, pending: 0 }
  return await readShared(database, query, { since, limit })
}

/** A longpoll: waits for a first change, answers with what there is then, and ends. */
export async function* followOnce({ database, query, since, signal }: Following): AsyncGenerator<string> {
  yield '{"results":[\n'
  const deadline = performance.now() + query.timeoutMs
  for (;;) {
    const version = database.version()
    const batch = await nextBatch({ database, query, since, limit: query.limit })
    const remainingMs = query.heartbeatMs ?? Math.max(0, deadline - performance.now())
    const last = `"last_seq":${JSON.stringify(writeSequence(database, batch.lastSeq))},"pending":${batch.pending}`
    if (batch.rows.length > 0 || database.ended || remainingMs === 0) {
      yield `${batch.rows.map(({ line }) => line).join(',\n')}\n],\n${last}}\n`
      return
    }
    since = batch.lastSeq
    let wake = await database.waitForChange(version, { timeoutMs: remainingMs, signal })
    while (wake === 'timeout' && query.heartbeatMs !== undefined) {
      yield '\n'
      wake = await database.waitForChange(version, { timeoutMs: query.heartbeatMs, signal })
    }
    if (wake === 'aborted') return
  }
}

/** A feed that stays: one line or event for each change, a sign of life in between. */
export async function* followContinuously({ database, query, since, signal }: Following): AsyncGenerator<string> {
  const events = query.feed === 'eventsource'
  let left = query.limit
  for (;;) {
    const version = database.version()
    const batch = await nextBatch({ database, query, since, limit: Math.min(left, batchRows) })
    for (const { seq, line } of batch.rows) {
      yield events ? `data: ${line}\nid: ${writeSequence(database, seq)}\n\n` : `${line}\n`
    }
    left -= batch.rows.length
    since = batch.lastSeq
    const ending = `${JSON.stringify({ last_seq: writeSequence(database, since), pending: batch.pending })}\n`
    if (left <= 0 || database.ended) {
      if (!events) yield ending
      return
    }
    if (batch.rows.length > 0) continue
    const waitMs = query.heartbeatMs ?? query.timeoutMs
    let wake = await database.waitForChange(version, { timeoutMs: waitMs, signal })
    while (wake === 'timeout' && query.heartbeatMs !== undefined) {
      yield events ? 'event: heartbeat\ndata: \n\n' : '\n'
      wake = await database.waitForChange(version, { timeoutMs: waitMs, signal })
    }
    if (wake === 'aborted') return
    if (wake === 'timeout') {
      if (!events) yield ending
      return
    }
  }
}
