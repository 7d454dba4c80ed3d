import { type ReadonlySignal, signal } from '@preact/signals'
import type { Claim, LiveMessage } from '../../../design-docs/console.ts'
import type { JobRow } from '../../../design-docs/jobs.ts'
import { backoffMs, pause } from '../../store/retry.ts'
import type { Who } from '../../store/types.ts'
import type { Desk } from './desk.ts'
import { createHeldClaims } from './held-claims.ts'

export type Change = LiveMessage['change']
export type Live = {
  /** `live`: everything on screen is as the server has it now. */
  state: ReadonlySignal<'connecting' | 'live' | 'offline'>
  onChange(listener: (change: Change) => void): () => void
  /** Who looks at which check-in, this device excepted. */
  claims: ReadonlySignal<ReadonlyMap<string, Claim>>
  /** Work in the background as it was told last, by id: the newest, and whatever changed since the feed was opened. */
  jobs: ReadonlySignal<ReadonlyMap<string, JobRow>>
  /** What was loaded before may be stale: load it again. */
  onStale(listener: () => void): () => void
  stop(): void
}

/** Keeps a live feed open: resumed where it broke, renewed when its token ends, tried again with growing pauses. */
export function openLive(desk: Desk, { event, device }: Pick<Who, 'event' | 'device'>): Live {
  const state = signal<'connecting' | 'live' | 'offline'>('connecting')
  const jobs = signal<ReadonlyMap<string, JobRow>>(new Map())
  const changes = new Set<(change: Change) => void>()
  const stale = new Set<() => void>()
  const stopping = new AbortController()
  const after = (ms: number, then: () => void) => {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  }
  const claims = createHeldClaims({ device, now: desk.now, after })
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
    if (name === 'hello') greet(body as LiveMessage['hello'])
    if (name === 'change') for (const listener of changes) listener(body as Change)
    if (name === 'holding') claims.replace(body as LiveMessage['holding'])
    if (name === 'jobs') takeJobs(body as LiveMessage['jobs'])
    if (name === 'claims') claims.change(body as LiveMessage['claims'])
  }
  function takeJobs(rows: LiveMessage['jobs']): void {
    if (rows.length > 0) jobs.value = new Map([...jobs.value, ...rows.map((row) => [row.id, row] as const)])
  }
  function greet({ resumed, claims: all }: LiveMessage['hello']): void {
    claims.replace(all)
    if (!resumed) for (const listener of stale) listener()
  }
  void run()

  return {
    state,
    claims: claims.held,
    jobs,
    onChange: (listener) => listen(changes, listener),
    onStale: (listener) => listen(stale, listener),
    stop() {
      removeEventListener('online', wake)
      stopping.abort()
      claims.stop()
    },
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
