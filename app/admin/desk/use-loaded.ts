import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Answer } from '../../store/http.ts'
import type { Desk } from './desk.ts'
import type { Change, Live } from './live.ts'

/** Something read from the API: shown while a newer one is on its way, kept when that fails. */
export type Loaded<T> = {
  value: T | null
  /** Why there is no newer value; null while all is well. */
  failure: Exclude<Answer, { kind: 'ok' }> | null
  reload(): void
}
type Options = {
  desk: Desk
  live: Live
  /** Whether this change in the event asks for a reload. */
  concerns: (change: Change) => boolean
  /** Changes come in bursts; one reload answers all within this long. */
  gatherMs?: number
}

/** Reads a path and reads it again when the live feed says that it changed. A null path reads nothing. */
export function useLoaded<T>(path: string | null, { desk, live, concerns, gatherMs = 150 }: Options): Loaded<T> {
  const [loaded, setLoaded] = useState<{ path: string | null; value: T | null; failure: Loaded<T>['failure'] }>({
    path: null,
    value: null,
    failure: null,
  })
  const asked = useRef(0)
  const load = useCallback(async () => {
    if (path === null) return
    const number = ++asked.current
    const answer = await desk.ask(path)
    if (number !== asked.current) return
    if (answer.kind === 'ok') setLoaded({ path, value: answer.body as T, failure: null })
    else setLoaded((before) => ({ path, value: before.path === path ? before.value : null, failure: answer }))
  }, [path, desk])

  useEffect(() => {
    void load()
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void load()
      }, gatherMs)
    }
    const stops = [live.onChange((change) => concerns(change) && soon()), live.onStale(soon)]
    return () => {
      asked.current++
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [load])

  const current = loaded.path === path ? loaded : { value: null, failure: null }
  return { value: current.value, failure: current.failure, reload: () => void load() }
}
