import type { ClosedHandler } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { methodNotAllowed } from '../routing/refusal.ts'
import type { Database } from '../storage/database.ts'
import { type ChangesQuery, readChangesQuery } from './changes-query.ts'
import { followContinuously, followOnce } from './follow.ts'
import { readChanges } from './read-changes.ts'
import { writeSequence } from './sequence.ts'
import { streamAnswer } from './stream-answer.ts'

/** GET or POST /db/_changes with every kind of feed. A waiting feed does not hold its database open. */
export const changesRoute: ClosedHandler = async (asked) => {
  if (!['GET', 'HEAD', 'POST'].includes(asked.method)) throw methodNotAllowed('GET', 'HEAD', 'POST')
  const { database, raw } = asked
  const query = await readChangesQuery(asked)
  if (query.feed === 'normal' || query.descending) return await answerAtOnce(database, query)
  const since = query.since ?? (await readChanges(database, query, { since: null, limit: 1 })).lastSeq
  const lines = query.feed === 'longpoll' ? followOnce : followContinuously
  const type = query.feed === 'eventsource' ? 'text/event-stream' : 'application/json'
  return streamAnswer((signal) => lines({ database, query, since, signal }), { type, signal: raw.signal })
}

async function answerAtOnce(database: Database, query: ChangesQuery): Promise<Response> {
  const { rows, lastSeq, pending } = await readChanges(database, query, query)
  const results = rows.map(({ line }) => line).join(',\n')
  const tail = `"last_seq":${JSON.stringify(writeSequence(database, lastSeq))},"pending":${pending}`
  const { headers } = jsonAnswer(null)
  return new Response(`{"results":[\n${results}\n],\n${tail}}\n`, { headers })
}
