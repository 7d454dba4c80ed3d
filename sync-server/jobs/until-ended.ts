import { setTimeout as pause } from 'node:timers/promises'
import type { Job } from '../../design-docs/jobs.ts'
import type { Installation } from '../login/installation.ts'
import { isEnded, readJob } from './job-records.ts'

const lookEveryMs = 60

/** Waits a moment for a job that is likely to be done within it, so that whoever asked need not ask again. */
export async function untilEnded(
  it: Pick<Installation, 'office'>,
  job: { event: string; id: string },
  patienceMs: number,
): Promise<Job> {
  const until = performance.now() + patienceMs
  for (;;) {
    const found = await readJob(it, job)
    if (isEnded(found) || performance.now() >= until) return found
    // It may be worked on in another process, which tells nobody but the database.
    await pause(lookEveryMs)
  }
}
