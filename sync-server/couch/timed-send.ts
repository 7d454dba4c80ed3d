/** Requests to the database since the start: how many, how long they took, how many of them over `slowMs`. */
export type DatabaseTimes = { done: number; slow: number; seconds: number }
export type SlowRequest = { database: string; request: string; ms: number }

/** What takes longer is told. */
export const slowMs = 100

type Timing = { times: DatabaseTimes; onSlow(slow: SlowRequest): void; now?: () => number }

/** Counts requests and tells of the slow ones, without ids and contents. Whoever waits for changes is not slow. */
export function timedSend(send: typeof fetch, { times, onSlow, now = () => performance.now() }: Timing): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.searchParams.has('feed')) return await send(input, init)
    const from = now()
    try {
      return await send(input, init)
    } finally {
      const ms = now() - from
      times.done++
      times.seconds += ms / 1000
      if (ms > slowMs) {
        times.slow++
        onSlow({ ...named(url, init?.method ?? 'GET'), ms: Math.round(ms) })
      }
    }
  }
}

function named({ pathname }: URL, method: string): Omit<SlowRequest, 'ms'> {
  const [, database = '', first = ''] = pathname.split('/')
  const room = first === '' || first.startsWith('_') ? first : 'document'
  return { database: decodeURIComponent(database), request: `${method} ${room}`.trim() }
}
