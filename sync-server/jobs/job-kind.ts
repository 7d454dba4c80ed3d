import type { Job, JobFile } from '../../design-docs/jobs.ts'

/** How one kind of job is done. Doing an item again, after a crash or side by side, must do no harm. */
export type JobKind = {
  /** As the documents of its jobs have it; never renamed once in use. */
  name: string
  /** Opens a job, for the first time or after a restart; what its items share is read here. */
  open(job: Job): Promise<JobWork>
}

export type JobWork = {
  /** The units of work, each once; asked again after a redrive, when new ones are added. */
  keys(): Promise<readonly string[]>
  /** `unchanged`: there was nothing to do. An `AppError` of the caller's own making parks the item at once. */
  work(key: string): Promise<'done' | 'unchanged'>
  /** Puts together what was wanted, once every item is done or parked. */
  finish?(keys: readonly string[], signal: AbortSignal): Promise<JobFile[]>
}
