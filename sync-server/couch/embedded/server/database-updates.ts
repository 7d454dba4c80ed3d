import { streamAnswer } from '../changes/stream-answer.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { methodNotAllowed } from '../routing/refusal.ts'
import type { UpdateType } from '../storage/database-list.ts'

export type DatabaseUpdates = ReturnType<typeof databaseUpdates>
type Update = { db_name: string; type: UpdateType; seq: string }

/** Which databases were created, changed or deleted since the server began; of each the latest only. */
export function databaseUpdates(startedAtMs: number) {
  const latest = new Map<string, { type: UpdateType; number: number }>()
  const followers = new Set<() => void>()
  let last = 0
  let ended = false
  const sequence = (number: number) => `${number}-${startedAtMs}`

  const since = (number: number): Update[] =>
    [...latest]
      .filter(([, update]) => update.number > number)
      .sort(([, a], [, b]) => a.number - b.number)
      .map(([name, update]) => ({ db_name: name, type: update.type, seq: sequence(update.number) }))

  function wake(): void {
    for (const follower of [...followers]) follower()
  }

  function waitForUpdate(timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      if (signal.aborted || ended) return resolve(false)
      const finish = (updated: boolean) => {
        followers.delete(onUpdate)
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        resolve(updated)
      }
      const onUpdate = () => finish(true)
      const onAbort = () => finish(false)
      const timer = setTimeout(() => finish(false), timeoutMs)
      followers.add(onUpdate)
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }

  async function* follow(start: number, feed: string, times: Times, signal: AbortSignal): AsyncGenerator<string> {
    let from = start
    const line = (update: Update) =>
      feed === 'eventsource' ? `data: ${JSON.stringify(update)}\n\n` : `${JSON.stringify(update)}\n`
    for (;;) {
      for (const update of since(from)) yield line(update)
      from = last
      const updated = await waitForUpdate(times.heartbeatMs ?? times.timeoutMs, signal)
      if (signal.aborted || ended) return
      if (!updated && times.heartbeatMs === undefined) return
      if (!updated) yield '\n'
    }
  }

  return {
    note(name: string, type: UpdateType): void {
      last++
      // A map keeps the place of a key that is set again, so it is taken out first.
      const before = latest.get(name)
      latest.delete(name)
      const merged = type === 'updated' && before?.type === 'created' ? 'created' : type
      latest.set(name, { type: merged, number: last })
      wake()
    },
    end(): void {
      ended = true
      wake()
    },
    /** GET /_db_updates with every kind of feed. A hint, as with CouchDB: updates of one database are merged. */
    async answer(request: Request, query: URLSearchParams): Promise<Response> {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed('GET', 'HEAD')
      const from = numberOf(query.get('since'), last, startedAtMs)
      const feed = query.get('feed') ?? 'normal'
      const times = timesOf(query)
      if (feed === 'continuous' || feed === 'eventsource') {
        const type = feed === 'eventsource' ? 'text/event-stream' : 'application/json'
        return streamAnswer((signal) => follow(from, feed, times, signal), { type, signal: request.signal })
      }
      if (feed === 'longpoll' && since(from).length === 0) await waitForUpdate(times.timeoutMs, request.signal)
      return jsonAnswer({ results: since(from), last_seq: sequence(last) })
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
