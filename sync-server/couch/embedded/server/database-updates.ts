import { streamAnswer } from '../changes/stream-answer.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { methodNotAllowed } from '../routing/refusal.ts'
import { changeBell } from '../storage/change-bell.ts'
import type { UpdateType } from '../storage/database-list.ts'

export type DatabaseUpdates = ReturnType<typeof databaseUpdates>
type Update = { db_name: string; type: UpdateType; seq: string }

/** Which databases were created, changed or deleted since the server began; of each kind the latest only. */
export function databaseUpdates(startedAtMs: number) {
  const latest = new Map<string, { db_name: string; type: UpdateType; number: number }>()
  const bell = changeBell()
  let ended = false
  const sequence = (number: number) => `${number}-${startedAtMs}`

  const since = (number: number): Update[] =>
    [...latest.values()]
      .filter((update) => update.number > number)
      .map(({ db_name, type, number }) => ({ db_name, type, seq: sequence(number) }))

  async function* follow(start: number, feed: string, times: Times, signal: AbortSignal): AsyncGenerator<string> {
    let from = start
    const line = (update: Update) =>
      feed === 'eventsource' ? `data: ${JSON.stringify(update)}\n\n` : `${JSON.stringify(update)}\n`
    while (!ended) {
      const heard = bell.count()
      for (const update of since(from)) yield line(update)
      from = heard
      const wake = await bell.wait(heard, { timeoutMs: times.heartbeatMs ?? times.timeoutMs, signal })
      if (wake === 'aborted' || (wake === 'timeout' && times.heartbeatMs === undefined)) return
      if (wake === 'timeout') yield '\n'
    }
  }

  return {
    note(name: string, type: UpdateType): void {
      const key = `${type}:${name}`
      // A map keeps the place of a key that is set again, so it is taken out first.
      latest.delete(key)
      latest.set(key, { db_name: name, type, number: bell.count() + 1 })
      bell.ring()
    },
    end(): void {
      ended = true
      bell.ring()
    },
    /** GET /_db_updates with every kind of feed. A hint, as with CouchDB: updates of one database are merged. */
    async answer(request: Request, query: URLSearchParams): Promise<Response> {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed('GET', 'HEAD')
      const from = numberOf(query.get('since'), bell.count(), startedAtMs)
      const feed = query.get('feed') ?? 'normal'
      const times = timesOf(query)
      if (feed === 'continuous' || feed === 'eventsource') {
        const type = feed === 'eventsource' ? 'text/event-stream' : 'application/json'
        return streamAnswer((signal) => follow(from, feed, times, signal), { type, signal: request.signal })
      }
      const { signal } = request
      const heard = bell.count()
      if (feed === 'longpoll' && since(from).length === 0)
        await bell.wait(heard, { timeoutMs: times.timeoutMs, signal })
      return jsonAnswer({ results: since(from), last_seq: sequence(bell.count()) })
    },
  }
}

type Times = { heartbeatMs: number | undefined; timeoutMs: number }
const longestWaitMs = 60_000

function timesOf(query: URLSearchParams): Times {
  const heartbeat = query.get('heartbeat')
  const asked = heartbeat === 'true' ? longestWaitMs : Number(heartbeat ?? 0)
  const timeoutMs = Math.min(longestWaitMs, Number(query.get('timeout') ?? longestWaitMs) || 0)
  return { heartbeatMs: asked > 0 ? Math.min(asked, longestWaitMs) : undefined, timeoutMs }
}

/** A sequence of another run of this server means everything, since what happened before is not known. */
function numberOf(text: string | null, last: number, startedAtMs: number): number {
  if (text === 'now') return last
  const [number, run] = (text ?? '0').split('-')
  return run === String(startedAtMs) ? Number(number) || 0 : 0
}
