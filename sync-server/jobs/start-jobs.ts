import { jobId, job as jobSchema } from '../../design-docs/jobs.ts'
import { readDocs } from '../login/office.ts'
import { isEnded } from './job-records.ts'
import { type JobRun, runJob } from './run-job.ts'

export type Jobs = {
  /** There is a new one: looks at once instead of within a second. */
  poke(): void
  /** Nothing of this event is worked on any more once it resolves: the event is about to go. */
  letGo(event: string): Promise<void>
  stop(): Promise<void>
}

const lookEveryMs = 1000
const mostAtOnce = 4

/**
 * Works on the jobs of the installation, in the one process that runs the functions; the others leave theirs in the
 * office. One that breaks off without an end, because the database is away, is taken up again.
 */
export function startJobs(options: Omit<JobRun, 'signal'>): Jobs {
  const { it, clock, log } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const running = new Map<string, { event: string; ended: Promise<void>; cut: AbortController }>()
  const gone = new Set<string>()
  let waking = new AbortController()

  async function look(): Promise<void> {
    const open = (await readDocs(it.office, 'job', jobSchema)).filter((job) => !isEnded(job))
    // Nothing is left of it: another event may have the code some day.
    for (const event of gone) if (!open.some((job) => job.event === event)) gone.delete(event)
    for (const { _id, event } of open) {
      const id = _id.slice(jobId('').length)
      if (running.has(id) || gone.has(event) || running.size >= mostAtOnce || signal.aborted) continue
      const cut = new AbortController()
      const ended = runJob(id, { ...options, signal: AbortSignal.any([signal, cut.signal]) })
        .catch((error) => log.warn('a job waits', { job: id, error: String(error) }))
        .finally(() => running.delete(id))
      running.set(id, { event, ended, cut })
    }
  }

  async function keepLooking(): Promise<void> {
    while (!signal.aborted) {
      waking = new AbortController()
      await look().catch((error) => log.warn('no jobs can be read', { error: String(error) }))
      await clock.sleep(lookEveryMs, AbortSignal.any([signal, waking.signal]))
    }
  }
  const looking = keepLooking()

  return {
    poke: () => waking.abort(),
    async letGo(event) {
      gone.add(event)
      const own = [...running.values()].filter((one) => one.event === event)
      for (const { cut } of own) cut.abort()
      await Promise.all(own.map(({ ended }) => ended))
    },
    async stop() {
      stopping.abort()
      await looking
      await Promise.all([...running.values()].map(({ ended }) => ended))
    },
  }
}
