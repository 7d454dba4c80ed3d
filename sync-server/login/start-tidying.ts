import { pruneCases } from '../cases/prune-cases.ts'
import type { Clock } from '../feed/clock.ts'
import { tidyLinks } from '../images/image-links.ts'
import type { Storage } from '../images/storage.ts'
import { pruneJobs } from '../jobs/prune-jobs.ts'
import { pruneLinks } from '../scoreboards/prune-links.ts'
import type { Installation } from './installation.ts'
import { tidyTries } from './tidy-tries.ts'

const everyMs = 60 * 60_000

/** Removes what sign-ins left behind, what went wrong long ago and what old work left, at the start and every hour, in the one process that runs the functions. */
export function startTidying(it: Installation, storage: Storage, clock: Clock): { stop(): Promise<void> } {
  const stopping = new AbortController()
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await tidyTries(it).catch((error) => it.warn('what sign-ins left behind stays for now', error))
      await tidyLinks(it).catch((error) => it.warn('old links stay for now', error))
      await pruneCases(it).catch((error) => it.warn('old cases stay for now', error))
      await pruneJobs(it, storage).catch((error) => it.warn('old work stays for now', error))
      await pruneLinks(it).catch((error) => it.warn('old links stay for now', error))
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
