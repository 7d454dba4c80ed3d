import { pruneCases } from '../cases/prune-cases.ts'
import type { Clock } from '../feed/clock.ts'
import type { Installation } from './installation.ts'
import { tidyTries } from './tidy-tries.ts'

const everyMs = 60 * 60_000

/** Removes what sign-ins left behind, and what went wrong long ago, at the start and every hour, in the one process that runs the functions. */
export function startTidying(it: Installation, clock: Clock): { stop(): Promise<void> } {
  const stopping = new AbortController()
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await tidyTries(it).catch((error) => it.warn('what sign-ins left behind stays for now', error))
      await pruneCases(it).catch((error) => it.warn('old cases stay for now', error))
      await clock.sleep(everyMs, stopping.signal)
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
