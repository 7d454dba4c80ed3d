import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { office as officeName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type Job, jobId, job as jobSchema } from '../../design-docs/jobs.ts'
import type { Database } from '../../sync-server/couch/client.ts'
import { systemClock } from '../../sync-server/feed/clock.ts'
import type { JobKind, JobWork } from '../../sync-server/jobs/job-kind.ts'
import { cancelJob, itemsOf, jobRowOf, readJob, redriveJob, startJob } from '../../sync-server/jobs/job-records.ts'
import { type Jobs, startJobs } from '../../sync-server/jobs/start-jobs.ts'
import { ensureOffice } from '../../sync-server/setup/ensure-office.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'

let it: OpenEvent
let office: Database
let doors: { office: Database; now(): number }
let running: Jobs[] = []
let done: string[] = []
beforeEach(async () => {
  it = await openEvent()
  await ensureOffice(it.couch)
  office = it.couch.database(officeName)
  doors = { office, now: Date.now }
  done = []
})
afterEach(async () => {
  await Promise.all(running.map((jobs) => jobs.stop()))
  running = []
  await it.close()
})

const say = () => {}
/** Counts to ten unless told otherwise. */
function start(work: Partial<JobWork> = {}, { clock = systemClock } = {}): Jobs {
  const standard: JobWork = {
    keys: async () => Array.from({ length: 10 }, (_, n) => `k${n}`),
    async work(key) {
      done.push(key)
      return 'done'
    },
  }
  const kind: JobKind = { name: 'count', open: async () => ({ ...standard, ...work }) }
  const log = { info: say, warn: say, error: say }
  const jobs = startJobs({ it: doors, kinds: [kind], clock, log })
  running.push(jobs)
  return jobs
}
const order = (kind = 'count') => startJob(doors, { event: it.event, kind, asked: {}, by: 'admin' })
const look = (id: string) => readJob(doors, { event: it.event, id })
async function until(id: string, wanted: (job: Job) => boolean): Promise<Job> {
  const reached = async () => {
    const job = await look(id)
    expect(job).toSatisfy(wanted)
    return job
  }
  return await vi.waitFor(reached, { timeout: 20_000, interval: 10 })
}
const isDone = ({ state }: Job) => state === 'done'

describe('jobs', () => {
  test('[JB1] every item is done once, and the result is put together last', async () => {
    const id = await order()
    start({
      finish: async (keys) => [
        { name: `${keys.length}`, storageKey: 'secret/key', contentType: 'text/plain', bytes: 1 },
      ],
    })
    const job = await until(id, isDone)
    expect(done.sort()).toEqual(Array.from({ length: 10 }, (_, n) => `k${n}`))
    expect(job).toMatchObject({
      counts: { total: 10, done: 10, unchanged: 0, parked: 0 },
      startedAt: expect.any(Number),
    })
    const row = await jobRowOf(doors, job)
    expect(row.files).toEqual([{ name: '10', contentType: 'text/plain', bytes: 1 }])
    expect(JSON.stringify(row)).not.toContain('secret')
  })

  test('[JB2] a process that dies goes on where it was: no item whose outcome was kept is done again', async () => {
    const id = await order()
    const held = Promise.withResolvers<void>()
    start({
      async work(key) {
        if (done.length >= 4) await held.promise
        done.push(key)
        return 'done'
      },
    })
    await expect.poll(async () => (await itemsOf(doors, id)).filter(({ state }) => state === 'done').length).toBe(4)
    // As a kill would, it leaves everything as it stands; what was under way is never heard of again.
    const before = [...done]
    const dead = running.splice(0)
    const again = Promise.withResolvers<void>()
    start({
      async work(key) {
        await again.promise
        done.push(key)
        return 'done'
      },
    })
    // Whoever looks sees how far it is, though nothing more is done yet.
    await until(id, ({ counts }) => counts.done === 4)
    again.resolve()
    await until(id, isDone)
    expect(done.length).toBe(10)
    expect(new Set(done).size).toBe(10)
    expect(done.slice(0, 4)).toEqual(before)
    held.resolve()
    await Promise.all(dead.map((jobs) => jobs.stop()))
  })

  test('[JB3] one that is cancelled stops after the items under way, and goes on when that is wanted', async () => {
    const id = await order()
    const asked = Promise.withResolvers<void>()
    // Between any two looks at it, as long goes by as a wish to cancel may stay unread.
    let now = Date.now()
    const hurried = { ...systemClock, now: () => (now += 10_000) }
    const work: JobWork['work'] = async (key) => {
      if (done.length >= 2) await asked.promise
      done.push(key)
      return 'done'
    }
    start({ work }, { clock: hurried })
    await expect.poll(() => done.length).toBe(2)
    await cancelJob(doors, { event: it.event, id, by: 'admin' })
    asked.resolve()
    const job = await until(id, ({ state }) => state === 'cancelled' || state === 'done')
    expect(job.state).toBe('cancelled')
    expect(done.length).toBeLessThan(10)
    await expect(cancelJob(doors, { event: it.event, id, by: 'admin' })).rejects.toMatchObject({ code: 'ZK-BOARD-003' })
    await redriveJob(doors, { event: it.event, id, by: 'admin' })
    await until(id, isDone)
    expect(new Set(done).size).toBe(10)
    expect(done.length).toBe(10)
  })

  test('[JB4] what fails is parked with its error and keeps nobody; asked for again it is tried again', async () => {
    const id = await order()
    let isBroken = true
    const tries: string[] = []
    start({
      async work(key) {
        tries.push(key)
        if (isBroken && key === 'k3') throw new Error('no ink')
        if (isBroken && key === 'k5') throw new AppError('ZK-BOARD-001')
        return key === 'k0' ? 'unchanged' : 'done'
      },
    })
    const job = await until(id, isDone)
    expect(job.counts).toEqual({ total: 10, done: 7, unchanged: 1, parked: 2 })
    const row = await jobRowOf(doors, job)
    expect(row.parked).toMatchObject([
      { key: 'k3', code: null, error: 'no ink', tries: 3 },
      { key: 'k5', code: 'ZK-BOARD-001', tries: 1 },
    ])
    isBroken = false
    expect(await redriveJob(doors, { event: it.event, id, by: 'admin' })).toBe(2)
    const again = await until(id, ({ state, counts }) => state === 'done' && counts.parked === 0)
    expect(again.counts).toEqual({ total: 10, done: 9, unchanged: 1, parked: 0 })
    expect(tries.filter((key) => key === 'k1').length).toBe(1)
  })

  test('[JB5] one of a kind that nobody knows, or whose result cannot be put together, ends with its reason', async () => {
    const strange = await order('strange')
    const broken = await order()
    start({
      async finish() {
        throw new Error('the disk is full')
      },
    })
    expect(await until(strange, ({ state }) => state === 'failed')).toMatchObject({
      error: expect.stringContaining('strange'),
    })
    expect(await until(broken, ({ state }) => state === 'failed')).toMatchObject({ error: 'the disk is full' })
  })

  test('[JB6] a process that runs no functions only leaves it; an event that goes is let go of', async () => {
    const id = await order()
    expect(jobSchema.parse(await office.get(jobId(id))).state).toBe('waiting')
    const held = Promise.withResolvers<void>()
    const jobs = start({
      async work(key) {
        done.push(key)
        if (done.length === 1) await held.promise
        return 'done'
      },
    })
    await expect.poll(() => done.length).toBeGreaterThan(0)
    const gone = jobs.letGo(it.event)
    held.resolve()
    await gone
    const count = done.length
    jobs.poke()
    expect((await look(id)).state).toBe('running')
    await order()
    jobs.poke()
    await new Promise((resolve) => setImmediate(resolve))
    expect(done.length).toBe(count)
  })
})
