import { useState } from 'preact/hooks'
import type { JobList, JobRow } from '../../../design-docs/jobs.ts'
import type { MadeLink } from '../../../design-docs/scoreboards.ts'
import type { Answer } from '../../store/http.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { type Loaded, useLoaded } from '../desk/use-loaded.ts'
import { jobWords } from './job-words.ts'
import { mergeJobs } from './merge-jobs.ts'

export const isUnderWay = ({ state }: JobRow) => state === 'waiting' || state === 'running' || state === 'finishing'

export type Jobs = {
  loaded: Loaded<JobList>
  /** Of this kind, newest first, as the live feed tells them. */
  rows: readonly JobRow[]
  busy: boolean
  /** Asks for a job, or for something to be done with one; null where that was refused, which was said. */
  ask(path: string, json?: unknown): Promise<Extract<Answer, { kind: 'ok' }> | null>
  change(job: JobRow, step: 'cancel' | 'redrive'): Promise<void>
  save(job: JobRow, file: number): Promise<void>
}

/** Work of one kind in the background: how far it is, and what can be done with it. */
export function useJobs(kind: string): Jobs {
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}`
  const loaded = useLoaded<JobList>(`${root}/jobs?kind=${kind}`, { desk, live, concerns: () => false })
  const [busy, setBusy] = useState(false)

  async function ask(path: string, json?: unknown) {
    setBusy(true)
    const answer = await desk.ask(root + path, { method: 'POST', waitMs: 30_000, ...(json !== undefined && { json }) })
    setBusy(false)
    if (answer.kind === 'ok') return answer
    const t = jobWords.value
    toast(answer.kind === 'refused' ? `${answer.message} (${answer.code})` : t.offline)
    return null
  }

  return {
    loaded,
    rows: mergeJobs(loaded.value?.jobs ?? [], live.jobs.value, kind),
    busy,
    ask,
    async change(job, step) {
      if (await ask(`/jobs/${job.id}/${step}`)) loaded.reload()
    },
    /** However large it is: the browser itself saves it. */
    async save(job, file) {
      const answer = await ask(`/jobs/${job.id}/files/${file}`)
      if (answer) location.assign((answer.body as MadeLink).link)
    },
  }
}
