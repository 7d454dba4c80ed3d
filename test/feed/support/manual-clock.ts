import type { Clock } from '../../../sync-server/feed/clock.ts'

/** A clock that stands until it is told to go on; sleepers wake in the order of their times. */
export type ManualClock = Clock & { advance(ms: number): void }

export function manualClock(startMs: number): ManualClock {
  let now = startMs
  const sleepers = new Set<{ at: number; wake(): void }>()
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        const sleeper = { at: now + ms, wake: resolve }
        sleepers.add(sleeper)
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          resolve()
        })
      }),
    advance(ms) {
      now += ms
      const due = [...sleepers].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at)
      for (const sleeper of due) {
        sleepers.delete(sleeper)
        sleeper.wake()
      }
    },
  }
}
