import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import { type Job, jobId } from '../../design-docs/jobs.ts'
import { settingId } from '../../design-docs/settings.ts'
import { addItems, itemsOf, jobsOf, startJob } from '../../sync-server/jobs/job-records.ts'
import { pruneJobs } from '../../sync-server/jobs/prune-jobs.ts'
import { pruneLinks } from '../../sync-server/scoreboards/prune-links.ts'
import {
  ensureOutsideLink,
  makeReportLink,
  openReportLink,
  outsideToken,
  revokeReportLink,
} from '../../sync-server/scoreboards/report-links.ts'
import { type Console, openConsole } from '../results/open-console.ts'

const dayMs = 24 * 3_600_000
let it: Console
let doors: Console['installation']
beforeAll(async () => {
  it = await openConsole()
  doors = it.installation
})
afterAll(() => it.close())

/** A job that ended so many days ago, with a file and items. */
async function jobOf(days: number, state: Job['state'] = 'done'): Promise<string> {
  const id = await startJob(doors, { event: 'demo', kind: 'scoreboards', asked: {}, by: 'admin' })
  const job = (await doors.office.get(jobId(id))) as unknown as Job
  await addItems(doors, job, ['101', '102'])
  const storageKey = `demo/scoreboard/all/${id}/all.pdf`
  await it.storage.put(storageKey, new Uint8Array(10))
  const files = [{ name: 'all.pdf', storageKey, contentType: 'application/pdf', bytes: 10 }]
  const endedAt = state === 'running' ? null : doors.now() - days * dayMs
  await doors.office.put({ ...job, at: doors.now() - days * dayMs, state, endedAt, files } as never)
  return id
}
const leftJobs = async () => (await jobsOf(doors, 'demo')).map(({ _id }) => _id.slice(jobId('').length)).sort()

test('[JB8] a job that ended long ago goes with its items and files, as late as the event says, and the log says it', async () => {
  const [old, recent, running] = [await jobOf(61), await jobOf(59), await jobOf(200, 'running')]
  expect(await pruneJobs(doors, it.storage)).toBe(1)
  expect(await leftJobs()).toEqual([recent, running].sort())
  expect(await itemsOf(doors, old)).toEqual([])
  expect(await itemsOf(doors, recent)).toHaveLength(2)
  expect(await it.storage.list('demo/scoreboard/all/')).toHaveLength(2)
  const lines = (await doors.office.all({ startkey: 'audit:', endkey: 'audit;', includeDocs: true })).map(
    ({ doc }) => doc,
  )
  expect(lines.filter((line) => line?.action === 'jobs-pruned')).toMatchObject([
    { by: 'server', event: 'demo', details: { jobs: 1, files: 1, bytes: 10 } },
  ])
  // Nothing to do leaves no line.
  expect(await pruneJobs(doors, it.storage)).toBe(0)
  const doc = {
    type: 'setting',
    event: 'demo',
    key: 'jobs.kept',
    value: 30,
    atRunTime: true,
    source: 'admin',
    onDevice: false,
  }
  await it.couch.database(databaseName('demo', 'desk')).put({ _id: settingId('jobs.kept'), ...doc })
  expect(await pruneJobs(doors, it.storage)).toBe(1)
  expect(await leftJobs()).toEqual([running])
  const { body } = await it.admin.ask<{ settings: unknown[] }>('GET', '/events/demo/settings')
  expect(JSON.stringify(body)).toContain('"key":"jobs.kept","value":30')
})

test('[JB8] one that is broken off in the middle is finished by the next', async () => {
  const id = await jobOf(61)
  const broken = { list: async () => [], delete: () => Promise.reject(new Error('the storage is away')) }
  await expect(pruneJobs(doors, broken)).rejects.toThrow('away')
  expect(await leftJobs()).toContain(id)
  expect(await pruneJobs(doors, it.storage)).toBe(1)
  expect(await it.storage.list(`demo/scoreboard/all/${id}/`)).toEqual([])
})

test('[JB9] links go once they have opened nothing for as long; one that the external system may not use stays closed', async () => {
  const link = (whom: 'person' | 'download', days: number) => {
    const until = doors.now() + days * dayMs
    return makeReportLink(doors, { event: 'demo', to: { kind: 'report', team: '101' }, for: whom, by: 'admin', until })
  }
  const open = await link('person', 1000)
  await link('person', 1)
  await link('download', 1)
  const outside = await ensureOutsideLink(doors, { event: 'demo', team: '101' }, undefined)
  const revoked = (
    await doors.office.all({ startkey: 'report-link:', endkey: 'report-link;', includeDocs: true })
  ).find(({ doc }) => doc?.for === 'external')
  await revokeReportLink(doors, { event: 'demo', id: revoked!.id.slice('report-link:'.length), by: 'admin' })
  expect(await pruneLinks(doors)).toBe(0)
  it.clock.aheadMs = 2 * dayMs
  // The download.
  expect(await pruneLinks(doors)).toBe(1)
  it.clock.aheadMs = 32 * dayMs
  expect(await pruneLinks(doors)).toBe(1)
  it.clock.aheadMs = 800 * dayMs
  expect(await pruneLinks(doors)).toBe(0)
  expect(await openReportLink(doors, open)).not.toBeNull()
  expect(await openReportLink(doors, outsideToken(doors, outside.nonce))).toBeNull()
  expect(await ensureOutsideLink(doors, { event: 'demo', team: '101' }, outside)).toEqual(outside)
  it.clock.aheadMs = 0
})
