import type { Clock } from '../feed/clock.ts'
import { type Film, retryHeld } from './film.ts'
import { listHeld } from './held-pictures.ts'

const everyMs = 15_000

/**
 * Has photos looked at again that nobody could scan when they came, in the one process that runs the functions. The
 * first that still cannot be scanned ends the round: the others would not be either.
 */
export function startRescanning(
  film: Film,
  { events, clock }: { events(): Promise<readonly string[]>; clock: Pick<Clock, 'sleep'> },
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  async function run(): Promise<void> {
    while (!signal.aborted) {
      await rescan(film, await events().catch(() => [])).catch((error) =>
        film.it.warn('photos that wait for the scanner go on waiting', error),
      )
      await clock.sleep(everyMs, signal)
    }
  }
  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Answers how many of those that waited are settled now. */
export async function rescan(film: Film, events: readonly string[]): Promise<number> {
  let settled = 0
  for (const event of events) {
    const waiting = (await listHeld(film.it, event)).filter(({ state }) => state === 'waiting')
    for (const { _id: id } of waiting) {
      await retryHeld(film, { event, id })
      const isWaiting = (await listHeld(film.it, event)).some(({ _id, state }) => _id === id && state === 'waiting')
      if (isWaiting) return settled
      settled++
    }
  }
  return settled
}
