/** The way between one phone and the server, which a test can cut, hold and bend. */
export type Link = {
  fetch(path: string, init: RequestInit): Promise<Response>
  /** Requests fail. `answers`: they arrive, and the answers are lost. */
  cut(what?: 'requests' | 'answers'): void
  restore(): void
  /** The next requests that match wait until `release` is called; resolves once one is waiting. */
  hold(match: (path: string, init: RequestInit) => boolean): { waiting: Promise<void>; release(): void }
  /** Answers requests that match in the server's stead; null passes them on. */
  intercept(answer: ((path: string, init: RequestInit) => Response | null) | null): void
  /** What was asked, oldest first. */
  log: { method: string; path: string; bytes: number; status?: number }[]
  forgetCookies(): void
}

/** `base` names the server at the time of each request, so that it may move; `send` may answer without a socket. */
export function createLink(
  base: () => string,
  send: (url: string, init: RequestInit) => Promise<Response> = fetch,
): Link {
  const cookies = new Map<string, string>()
  let state: 'up' | 'requests' | 'answers' = 'up'
  let cutting = new AbortController()
  let holds: { match: (path: string, init: RequestInit) => boolean; held: () => void; released: Promise<void> }[] = []
  let interceptor: ((path: string, init: RequestInit) => Response | null) | null = null
  const log: Link['log'] = []

  const fetchOnce: Link['fetch'] = async (path, init) => {
    const entry: Link['log'][number] = {
      method: init.method ?? 'GET',
      path,
      bytes: (init.body as Uint8Array | undefined)?.length ?? 0,
    }
    log.push(entry)
    if (state === 'requests') throw new TypeError('fetch failed: the link is cut')
    const own = interceptor?.(path, init)
    if (own) return own
    for (const hold of holds) {
      if (!hold.match(path, init)) continue
      hold.held()
      await hold.released
    }
    const headers = new Headers(init.headers)
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const origin = base()
    headers.set('origin', origin)
    const signals = [cutting.signal, ...(init.signal ? [init.signal] : [])]
    const { credentials: _credentials, cache: _cache, ...rest } = init
    const response = await send(origin + path, { ...rest, headers, signal: AbortSignal.any(signals) })
    entry.status = response.status
    const body = response.status === 204 ? null : await response.arrayBuffer()
    if (state !== 'up') throw new TypeError('fetch failed: the answer was lost')
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return new Response(body, { status: response.status, headers: response.headers })
  }

  return {
    fetch: fetchOnce,
    cut(what = 'requests') {
      state = what
      if (what === 'requests') {
        cutting.abort()
        cutting = new AbortController()
      }
    },
    restore() {
      state = 'up'
    },
    hold(match) {
      const waiting = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      const hold = { match, held: waiting.resolve, released: released.promise }
      holds.push(hold)
      return {
        waiting: waiting.promise,
        release() {
          holds = holds.filter((other) => other !== hold)
          released.resolve()
        },
      }
    },
    intercept(answer) {
      interceptor = answer
    },
    log,
    forgetCookies: () => cookies.clear(),
  }
}
