import { databaseName } from '../../design-docs/databases.ts'
import { type Job, job as jobSchema } from '../../design-docs/jobs.ts'
import { paperJob } from '../../design-docs/papers.ts'
import { settingId, settingValue } from '../../design-docs/settings.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Storage } from '../images/storage.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs, writeAudit } from '../login/office.ts'
import { paperFolder } from '../papers/paper-folder.ts'
import { isEnded, itemsOf, ulidOf } from './job-records.ts'

type Doors = Pick<Installation, 'couch' | 'office' | 'now'>
const dayMs = 24 * 3_600_000

/** How many days an event keeps work that ended. */
export async function keptDaysOf({ couch }: Pick<Doors, 'couch'>, event: string): Promise<number> {
  return settingValue('jobs.kept', await couch.database(databaseName(event, 'desk')).get(settingId('jobs.kept')))
}

/** Before when something of this event has to have ended to be removed now. */
export async function keptSince(it: Doors, event: string): Promise<number> {
  return it.now() - (await keptDaysOf(it, event)) * dayMs
}

/**
 * Removes jobs that ended longer ago than their event keeps them: files first and the job last, so that one which is
 * broken off is found again. Answers how many went; the log says it for each event.
 */
export async function pruneJobs(it: Doors, storage: Pick<Storage, 'delete' | 'list'>): Promise<number> {
  const ended = (await readDocs(it.office, 'job', jobSchema)).filter(isEnded)
  let removed = 0
  for (const [event, jobs] of Map.groupBy(ended, (job) => job.event)) {
    const since = await keptSince(it, event)
    const old = jobs.filter((job) => (job.endedAt ?? job.at) < since)
    if (old.length === 0) continue
    let bytes = 0
    for (const job of old) bytes += await removeJob(it, storage, job)
    removed += old.length
    const details = { jobs: old.length, files: old.flatMap(({ files }) => files).length, bytes }
    await writeAudit(it.office, it.now(), { by: 'server', event, action: 'jobs-pruned', about: event, details })
  }
  return removed
}

async function removeJob({ office }: Doors, storage: Pick<Storage, 'delete' | 'list'>, job: Job): Promise<number> {
  let bytes = 0
  for (const file of job.files) if (await storage.delete(file.storageKey)) bytes += file.bytes
  // One that was broken off leaves what it was made of.
  if (job.kind === paperJob)
    for (const key of await storage.list(paperFolder(job.event, ulidOf(job)))) await storage.delete(key)
  const items = await itemsOf({ office }, ulidOf(job))
  for (const docs of [items, [job]])
    await office.bulk(docs.map(({ _id, _rev }) => ({ _id, _rev, _deleted: true }) as CouchDoc))
  return bytes
}
