import { AppError, errorTable } from '../../design-docs/errors.ts'
import { type Job, type JobCounts, type JobItem, jobId, jobItem, job as jobSchema } from '../../design-docs/jobs.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Clock } from '../feed/clock.ts'
import { isOutage } from '../feed/is-outage.ts'
import type { Log } from '../feed/log.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc } from '../login/office.ts'
import type { JobKind, JobWork } from './job-kind.ts'
import { addItems, isEnded, itemsOf } from './job-records.ts'

export type JobRun = {
  it: Pick<Installation, 'office' | 'now'>
  kinds: readonly JobKind[]
  clock: Clock
  log: Log
  /** Aborted when the process stops: what is under way is finished, the rest waits for the next start. */
  signal: AbortSignal
}

const mostTries = 3
const firstPauseMs = 300
const longestPauseMs = 30_000
const atOnce = 2
/** How often progress is written and a wish to cancel is read. */
const tellEveryMs = 700

/**
 * Works a job off, from wherever it stands. Each item's outcome is kept before the next is begun, so that a process
 * that is killed repeats at most what it was at; what an item does must bear that.
 */
export async function runJob(id: string, run: JobRun): Promise<void> {
  const { it, kinds, signal } = run
  const found = await readDoc(it.office, jobId(id), jobSchema)
  if (!found || isEnded(found)) return
  if (found.cancelAsked) return await end(run, id, 'cancelled')
  const kind = kinds.find(({ name }) => name === found.kind)
  if (!kind) return await end(run, id, 'failed', `nothing here knows how to do ${found.kind}`)
  const work = await kind.open(found)
  if (found.state === 'waiting') {
    const keys = await work.keys()
    await addItems(it, found, keys)
    const startedAt = found.startedAt ?? it.now()
    await amend(run, id, (job) => ({
      ...job,
      state: 'running',
      startedAt,
      counts: { ...job.counts, total: keys.length },
    }))
  }
  const isCut = await workOff(run, id, work)
  if (signal.aborted) return
  if (isCut) return await end(run, id, 'cancelled')
  await finish(run, id, work)
  // Asked for again at the last moment.
  const isOpen = (await itemsOf(it, id)).some(({ state }) => state === 'waiting')
  if (isOpen && !signal.aborted) await amend(run, id, (job) => ({ ...job, state: 'waiting', endedAt: null }))
}

/** True when somebody has asked for an end to it. */
async function workOff(run: JobRun, id: string, work: JobWork): Promise<boolean> {
  const { it, clock, signal } = run
  // Parked items that were asked for again meanwhile are found by the next look.
  for (;;) {
    const items = await itemsOf(it, id)
    const waiting = items.filter(({ state }) => state === 'waiting')
    const counts = countsOf(items)
    if (waiting.length === 0) {
      await amend(run, id, (job) => ({ ...job, counts }))
      return false
    }
    // At once, so that after a restart everybody sees where it stands before the first item is through.
    await amend(run, id, (job) => ({ ...job, counts: { ...counts } }))
    let toldAt = 0
    let isCut = false
    const tell = async () => {
      if (clock.now() - toldAt < tellEveryMs) return
      toldAt = clock.now()
      const job = await amend(run, id, (standing) => ({ ...standing, counts: { ...counts } }))
      isCut ||= job?.cancelAsked !== undefined
    }
    const hand = async () => {
      for (let item = waiting.shift(); item && !signal.aborted && !isCut; item = waiting.shift()) {
        const done = await workItem(run, item, work)
        if (!done) return
        if (done.state !== 'waiting') counts[done.state]++
        await tell()
      }
    }
    await Promise.all(Array.from({ length: atOnce }, hand))
    await amend(run, id, (job) => ({ ...job, counts }))
    if (signal.aborted || isCut) return isCut
  }
}

function countsOf(items: readonly JobItem[]): JobCounts {
  const of = (state: JobItem['state']) => items.filter((item) => item.state === state).length
  return { total: items.length, done: of('done'), unchanged: of('unchanged'), parked: of('parked') }
}

/** Tries an item until it is done or has failed too often; null when the process stops first. */
async function workItem(run: JobRun, item: JobItem, work: JobWork): Promise<JobItem | null> {
  const { it, clock, log, signal } = run
  let { tries } = item
  for (let pauses = 0; !signal.aborted; pauses++) {
    try {
      const state = await work.work(item.key)
      return await keep(run, { ...item, state, tries: tries + 1, code: null, error: null, at: it.now() })
    } catch (error) {
      // While the database is away no item is to blame.
      if (!isOutage(error)) tries++
      const { code, text, isFinal } = causeOf(error)
      if (isFinal || tries >= mostTries) {
        log.warn('an item of a job is parked', { job: item.job, key: item.key, error: text })
        return await keep(run, { ...item, state: 'parked', tries, code, error: text, at: it.now() })
      }
      await clock.sleep(Math.min(firstPauseMs * 2 ** pauses, longestPauseMs), signal)
    }
  }
  return null
}

async function keep({ it, clock, signal, log }: JobRun, item: JobItem): Promise<JobItem | null> {
  for (let pauses = 0; !signal.aborted; pauses++) {
    try {
      // Null: somebody else has kept the same meanwhile.
      await it.office.put(jobItem.parse(item) as CouchDoc)
      return item
    } catch (error) {
      log.warn('the outcome of an item waits to be kept', { job: item.job, key: item.key, error: String(error) })
      await clock.sleep(Math.min(firstPauseMs * 2 ** pauses, longestPauseMs), signal)
    }
  }
  return null
}

/** What the caller did wrong is wrong at the next try, too. */
function causeOf(error: unknown): { code: string | null; text: string; isFinal: boolean } {
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 500)
  if (!(error instanceof AppError)) return { code: null, text, isFinal: false }
  return { code: error.code, text, isFinal: errorTable[error.code].status < 500 }
}

async function finish(run: JobRun, id: string, work: JobWork): Promise<void> {
  const { it, signal } = run
  if (!work.finish) return await end(run, id, 'done')
  await amend(run, id, (job) => ({ ...job, state: 'finishing' }))
  const keys = (await itemsOf(it, id)).filter(({ state }) => state !== 'parked').map(({ key }) => key)
  try {
    const files = await work.finish(keys, signal)
    if (signal.aborted) return
    await amend(run, id, (job) => ({ ...job, files }))
    await end(run, id, 'done')
  } catch (error) {
    if (signal.aborted) return
    if (isOutage(error)) throw error
    await end(run, id, 'failed', causeOf(error).text)
  }
}

async function end(run: JobRun, id: string, state: Job['state'], error: string | null = null): Promise<void> {
  await amend(run, id, (job) => ({ ...job, state, error, endedAt: run.it.now() }))
}

const amend = ({ it }: JobRun, id: string, change: (job: Job) => Job) =>
  amendDoc(it.office, jobId(id), { schema: jobSchema, change: (found) => found && change(found) })
