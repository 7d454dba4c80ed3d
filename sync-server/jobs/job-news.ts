import { setTimeout as pause } from 'node:timers/promises'
import { type JobRow, jobId, job as jobSchema } from '../../design-docs/jobs.ts'
import type { Installation } from '../login/installation.ts'
import { jobRowOf, jobsOf } from './job-records.ts'

type Listener = (rows: JobRow[]) => void
export type JobNews = {
  /** How the newest jobs of an event stand. */
  standing(event: string): Promise<JobRow[]>
  /** Calls back with jobs of the event that changed, until the answer is called. */
  listen(event: string, listener: Listener): () => void
}

const newest = 20
const waitMs = 25_000
const retryMs = 500
/** The office changes with every sign-in: those of this long are looked at together. */
const gatherMs = 200
const isJob = jobId('')

/** Follows the jobs of the installation, whichever process works on them, as long as somebody wants to know. */
export function jobNews(it: Pick<Installation, 'office'>): JobNews {
  const { office } = it
  const listeners = new Map<string, Set<Listener>>()
  let following: AbortController | null = null

  async function follow({ signal }: AbortController): Promise<void> {
    let since: string | number | null = null
    while (!signal.aborted) {
      try {
        since ??= (await office.info()).update_seq
        const { results, last_seq }: Awaited<ReturnType<typeof office.changes>> = await office.changes({
          ...{ since, waitMs, signal },
        })
        await tell(results.flatMap(({ id, deleted }) => (id.startsWith(isJob) && !deleted ? [id] : [])))
        since = last_seq
        await pause(gatherMs, undefined, { signal })
      } catch {
        // The database is away or nobody listens any more; what was missed is told once it is back.
        if (!signal.aborted) await pause(retryMs, undefined, { signal }).catch(() => {})
      }
    }
  }

  async function tell(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const docs = (await office.all({ keys: ids, includeDocs: true })).flatMap(({ doc }) => (doc ? [doc] : []))
    const jobs = docs.map((doc) => jobSchema.parse(doc)).filter(({ event }) => listeners.has(event))
    for (const [event, changed] of Map.groupBy(jobs, (job) => job.event)) {
      const rows = await Promise.all(changed.map((job) => jobRowOf(it, job)))
      for (const listener of listeners.get(event) ?? []) listener(rows)
    }
  }

  return {
    standing: async (event) =>
      await Promise.all((await jobsOf(it, event)).slice(0, newest).map((job) => jobRowOf(it, job))),
    listen(event, listener) {
      const own = listeners.get(event) ?? new Set()
      listeners.set(event, own.add(listener))
      if (!following) {
        following = new AbortController()
        void follow(following)
      }
      return () => {
        own.delete(listener)
        if (own.size === 0) listeners.delete(event)
        if (listeners.size > 0) return
        following?.abort()
        following = null
      }
    },
  }
}
