import { useEffect, useState } from 'preact/hooks'
import type { JobRow } from '../../../design-docs/jobs.ts'
import { toast } from '../../ui/toast.tsx'
import { jobWords } from './job-words.ts'
import { paperKind } from './paper-kind.ts'
import { isUnderWay, type Jobs, useJobs } from './use-jobs.ts'

export type Papers = Jobs & {
  /** True until what was ordered here is there, or is not to be had. */
  making: boolean
  order(path: string, json: unknown): Promise<void>
}

/** Papers drawn in the background; what was ordered on this screen is saved as soon as it is there. */
export function usePaper(): Papers {
  const jobs = useJobs(paperKind)
  const [ordered, setOrdered] = useState<JobRow | null>(null)
  const standing = ordered && (jobs.rows.find(({ id }) => id === ordered.id) ?? ordered)
  const state = standing?.state
  useEffect(() => {
    if (!standing || isUnderWay(standing)) return
    setOrdered(null)
    if (standing.state === 'done') void jobs.save(standing, 0)
    else if (standing.state === 'failed') toast(jobWords.value.failed(standing.error ?? ''))
  }, [state])
  return {
    ...jobs,
    making: jobs.busy || ordered !== null,
    async order(path, json) {
      const answer = await jobs.ask(path, json)
      if (!answer) return
      const row = answer.body as JobRow
      setOrdered(row)
      jobs.loaded.reload()
      if (isUnderWay(row)) toast(jobWords.value.started)
    },
  }
}
