import { randomBytes } from 'node:crypto'
import { AppError } from '../../design-docs/errors.ts'
import { ulid } from '../../design-docs/ids.ts'
import {
  jobItem as itemSchema,
  type Job,
  type JobItem,
  type JobRow,
  jobId,
  jobItemId,
  job as jobSchema,
} from '../../design-docs/jobs.ts'
import { orderedPaper, paperJob } from '../../design-docs/papers.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, readDocs, writeAudit } from '../login/office.ts'

type Doors = Pick<Installation, 'office' | 'now'>
/** `id`: a ulid, where something is kept under it before the job is there. */
export type JobOrder = { event: string; kind: string; asked: Job['asked']; by: string; id?: string }

const ended = ['done', 'failed', 'cancelled']
export const isEnded = ({ state }: Pick<Job, 'state'>) => ended.includes(state)
export const ulidOf = ({ _id }: Pick<Job, '_id'>) => _id.slice(jobId('').length)

export const newJobId = (now: () => number): string => ulid(now(), randomBytes(10))

/** Leaves a job for the process that works on them; any process may. Answers its id. */
export async function startJob({ office, now }: Doors, order: JobOrder): Promise<string> {
  const { event, kind, asked, by, id = newJobId(now) } = order
  const doc: Job = {
    _id: jobId(id),
    type: 'job',
    event,
    kind,
    asked,
    by,
    at: now(),
    state: 'waiting',
    startedAt: null,
    endedAt: null,
    counts: { total: 0, done: 0, unchanged: 0, parked: 0 },
    files: [],
    error: null,
  }
  await office.put(jobSchema.parse(doc) as CouchDoc)
  await writeAudit(office, now(), { by, event, action: 'job-started', about: id, details: { kind, asked } })
  return id
}

/** A job of this event; ZK-PLAN-004 when there is none. */
export async function readJob(
  { office }: Pick<Doors, 'office'>,
  { event, id }: { event: string; id: string },
): Promise<Job> {
  const found = await readDoc(office, jobId(id), jobSchema)
  if (found?.event !== event) throw new AppError('ZK-PLAN-004', { figures: { job: id } })
  return found
}

export const itemsOf = ({ office }: Pick<Doors, 'office'>, id: string): Promise<JobItem[]> =>
  readDocs(office, `job-item:${id}`, itemSchema)

/** Asks for a job to be broken off after the items under way. ZK-BOARD-003 when it has ended. */
export async function cancelJob(
  doors: Doors,
  { event, id, by }: { event: string; id: string; by: string },
): Promise<void> {
  await readJob(doors, { event, id })
  let isOver = false
  await amendDoc(doors.office, jobId(id), {
    schema: jobSchema,
    change(found) {
      isOver = found === null || isEnded(found)
      return isOver || !found ? null : { ...found, cancelAsked: found.cancelAsked ?? { by, at: doors.now() } }
    },
  })
  if (isOver) throw new AppError('ZK-BOARD-003', { figures: { job: id } })
  await writeAudit(doors.office, doors.now(), { by, event, action: 'job-cancelled', about: id })
}

/** Has the parked items of a job tried again, and what was never begun because it was cancelled. Answers how many. */
export async function redriveJob(
  doors: Doors,
  { event, id, by }: { event: string; id: string; by: string },
): Promise<number> {
  await readJob(doors, { event, id })
  const items = await itemsOf(doors, id)
  const parked = items.filter(({ state }) => state === 'parked')
  const again = parked.map((item): JobItem => ({ ...item, state: 'waiting', tries: 0, code: null, error: null }))
  await doors.office.bulk(again as CouchDoc[])
  await amendDoc(doors.office, jobId(id), {
    schema: jobSchema,
    change(found): Job | null {
      if (!found) return null
      const { cancelAsked: _, ...rest } = found
      return { ...rest, state: 'waiting', endedAt: null, error: null, counts: { ...found.counts, parked: 0 } }
    },
  })
  await writeAudit(doors.office, doors.now(), {
    by,
    event,
    action: 'job-redriven',
    about: id,
    details: { items: parked.length },
  })
  return items.filter(({ state }) => state === 'parked' || state === 'waiting').length
}

/** A job as the console sees it, with what failed in it. */
export async function jobRowOf(doors: Pick<Doors, 'office'>, job: Job): Promise<JobRow> {
  const items = job.counts.parked > 0 ? await itemsOf(doors, ulidOf(job)) : []
  const { kind, by, at, state, startedAt, endedAt, counts, error } = job
  return {
    id: ulidOf(job),
    ...{ kind, by, at, state, startedAt, endedAt, counts, error },
    what: kind === paperJob ? orderedPaper.parse(job.asked).paper : kind,
    isCancelling: job.cancelAsked !== undefined && !isEnded(job),
    files: job.files.map(({ storageKey: _, ...file }) => file),
    parked: items
      .filter((item) => item.state === 'parked')
      .slice(0, 200)
      .map((item) => ({ key: item.key, code: item.code, error: item.error, tries: item.tries, at: item.at })),
  }
}

/** The jobs of an event, newest first; of one kind where that is asked. */
export async function jobsOf({ office }: Pick<Doors, 'office'>, event: string, kind?: string): Promise<Job[]> {
  const jobs = (await readDocs(office, 'job', jobSchema)).filter((one) => one.event === event)
  return jobs.filter((one) => kind === undefined || one.kind === kind).reverse()
}

/** Items that are not there yet; those that are stay as they are. */
export async function addItems({ office, now }: Doors, job: Job, keys: readonly string[]): Promise<void> {
  const id = ulidOf(job)
  for (let from = 0; from < keys.length; from += 500) {
    const fresh = keys.slice(from, from + 500).map(
      (key): JobItem => ({
        _id: jobItemId(id, key),
        type: 'job-item',
        event: job.event,
        job: id,
        key,
        state: 'waiting',
        tries: 0,
        code: null,
        error: null,
        at: now(),
      }),
    )
    await office.bulk(fresh as CouchDoc[])
  }
}
