import { type ReadonlySignal, signal } from '@preact/signals'
import type { LiveMessage } from '../../../design-docs/console.ts'
import { backoffMs, pause } from '../../store/retry.ts'
import type { Desk } from './desk.ts'

export type Change = LiveMessage['change']
export type Live = {
  /** `live`: everything on screen is as the server has it now. */
  state: ReadonlySignal<'connecting' | 'live' | 'offline'>
  onChange(listener: (change: Change) => void): () => void
  onClaims(listener: (claims: LiveMessage['claims']) => void): () => void
  /** What was loaded before may be stale: load it again. */
  onStale(listener: () => void): () => void
  stop(): void
}

/** Keeps a live feed open: resumed where it broke, renewed when its token ends, tried again with growing pauses. */
export function openLive(desk: Desk, event: string): Live {
  const state = signal<'connecting' | 'live' | 'offline'>('connecting')
  const changes = new Set<(change: Change) => void>()
  const claims = new Set<(claims: LiveMessage['claims']) => void>()
  const stale = new Set<() => void>()
  const stopping = new AbortController()
  const after = (ms: number, then: () => void) => {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  }
  let lastId: string | null = null
  let failures = 0
  let waking = new AbortController()

  const wake = () => waking.abort()
  addEventListener('online', wake)

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const answer = await desk.follow(`/api/live?event=${event}`, {
        lastId,
        signal: stopping.signal,
        onEvent({ name, data, id }) {
          failures = 0
          state.value = 'live'
          if (id !== null) lastId = id
          tell(name, data)
        },
      })
      if (stopping.signal.aborted) return
      if (answer.kind === 'ok') continue
      state.value = 'offline'
      waking = new AbortController()
      await pause({ after }, Math.min(backoffMs(failures++, Math.random), 10_000), [stopping.signal, waking.signal])
    }
  }

  function tell(name: string, data: string): void {
    const body: unknown = JSON.parse(data)
    if (name === 'hello' && !(body as LiveMessage['hello']).resumed) for (const listener of stale) listener()
    if (name === 'change') for (const listener of changes) listener(body as Change)
    if (name === 'claims') for (const listener of claims) listener(body as LiveMessage['claims'])
  }
  void run()

  return {
    state,
    onChange: (listener) => listen(changes, listener),
    onClaims: (listener) => listen(claims, listener),
    onStale: (listener) => listen(stale, listener),
    stop() {
      removeEventListener('online', wake)
      stopping.abort()
    },
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
