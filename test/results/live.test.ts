import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvents, type StreamEvent } from '../../app/admin/desk/read-events.ts'
import type { LiveMessage } from '../../design-docs/console.ts'
import { ulid } from '../../design-docs/ids.ts'
import { systemClock } from '../../sync-server/feed/clock.ts'
import type { JobKind } from '../../sync-server/jobs/job-kind.ts'
import { startJob } from '../../sync-server/jobs/job-records.ts'
import { startJobs } from '../../sync-server/jobs/start-jobs.ts'
import { claimsOf } from '../../sync-server/results/claims.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { type Console, openConsole } from './open-console.ts'

describe('the live feed', () => {
  let console: Console
  const { entry, scanned } = factMaker('12')
  const checkin = scanned('S1', atMinute(30))

  beforeAll(async () => {
    console = await openConsole()
    await console.write(entry(), checkin)
    await console.settled()
  })
  afterAll(() => console.close())

  async function open(options: { lastId?: string; ttlMs?: number } = {}) {
    const hangUp = new AbortController()
    const response = await console.app.request('/api/live?event=demo', {
      signal: hangUp.signal,
      headers: {
        authorization: `Bearer ${await console.token('judge', 'judge', options.ttlMs)}`,
        ...(options.lastId && { 'last-event-id': options.lastId }),
      },
    })
    expect(response.status).toBe(200)
    const events: StreamEvent[] = []
    let wake = () => {}
    const ended = readEvents(response.body!, (event) => {
      events.push(event)
      wake()
    }).catch(() => {})
    return {
      events,
      ended,
      close: () => hangUp.abort(),
      async next<N extends keyof LiveMessage>(name: N, fits: (data: LiveMessage[N]) => boolean = () => true) {
        for (;;) {
          const at = events.findIndex((event) => event.name === name && fits(JSON.parse(event.data) as LiveMessage[N]))
          const [found] = at < 0 ? [] : events.splice(0, at + 1).slice(-1)
          if (found) return { data: JSON.parse(found.data) as LiveMessage[N], id: found.id }
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      },
    }
  }
  let made = 0
  const adjust = (points: number) =>
    console.judge.ask('POST', '/events/demo/decisions', {
      id: ulid(
        Date.now(),
        Uint8Array.from({ length: 10 }, () => ++made),
      ),
      ageMs: 0,
      kind: 'adjustment',
      team: '12',
      points,
      reason: 'test',
    })

  it('[CL1] says what changed within a second of a decision, rankings and cards by name, check-ins in full', async () => {
    const feed = await open()
    expect((await feed.next('hello')).data.resumed).toBe(false)
    const begun = performance.now()
    await adjust(5)
    await feed.next('change', ({ cards }) => cards.includes('12'))
    await feed.next('change', ({ rankings }) => rankings.includes('a'))
    expect(performance.now() - begun).toBeLessThan(1000)
    await console.write(scanned('ST', atMinute(1)))
    const { data } = await feed.next('change', ({ items }) => items.length > 0)
    expect(data.items[0]).toMatchObject({ team: '12', teamName: 'Team', checkpoint: 'ST', status: 'AUTO_APPROVED' })
    feed.close()
  })

  it('[CL2] taken up by its last id it brings what was missed, and what comes then', async () => {
    const first = await open()
    const { id } = await first.next('hello')
    first.close()
    await adjust(6)
    await console.settled()
    const second = await open({ lastId: id ?? '' })
    expect((await second.next('hello')).data.resumed).toBe(true)
    const missed = await second.next('change', ({ cards }) => cards.includes('12'))
    expect(missed.id).not.toBe(id)
    await adjust(7)
    await second.next('change', ({ cards }) => cards.includes('12'))
    second.close()
  })

  it('[CL3] an id of another server’s life is not taken up, so the console loads anew', async () => {
    const feed = await open({ lastId: 'elsewhere.12-abc' })
    expect((await feed.next('hello')).data.resumed).toBe(false)
    feed.close()
  })

  it('[CL4] ends with the token that opened it', async () => {
    const feed = await open({ ttlMs: 1000 })
    await feed.next('hello')
    await feed.ended
  })

  it('[CL5] tells every console who looks at what, also one that comes later', async () => {
    const feed = await open()
    await feed.next('hello')
    await console.caller('judge', 'judge2').ask('POST', '/events/demo/claims', { checkin: checkin._id })
    const { data } = await feed.next('claims')
    expect(data.held).toMatchObject([{ checkin: checkin._id, by: 'judge2' }])
    feed.close()
    const late = await open()
    expect((await late.next('hello')).data.claims).toMatchObject([{ checkin: checkin._id, by: 'judge2' }])
    late.close()
  })

  it('[CL7] tells what consoles of other server processes look at, which only the database knows', async () => {
    const feed = await open()
    await feed.next('hello')
    const elsewhere = claimsOf(console.couch, 'demo', Date.now)
    const other = scanned('S1', atMinute(60))._id
    await elsewhere.take({ checkin: other, by: 'judge9', device: 'far' })
    await feed.next('holding', (held) => held.some(({ device }) => device === 'far'))
    await elsewhere.release(other, 'far')
    await feed.next('holding', (held) => held.every(({ device }) => device !== 'far'))
    feed.close()
  })

  it('[CL6] is closed to staff and to other events', async () => {
    for (const [role, event] of [
      ['staff', 'demo'],
      ['judge', 'other'],
    ] as const) {
      const headers = { authorization: `Bearer ${await console.token(role)}` }
      expect((await console.app.request(`/api/live?event=${event}`, { headers })).status).toBe(403)
    }
  })

  it('[CL8] says how jobs stand when it is opened, and each step of one within a second, whoever works on it', async () => {
    const { installation } = console
    const order = () => startJob(installation, { event: 'demo', kind: 'count', asked: {}, by: 'admin' })
    const standing = await order()
    const feed = await open()
    const first = await feed.next('jobs')
    expect(first.data).toMatchObject([{ id: standing, state: 'waiting' }])
    const go = Promise.withResolvers<void>()
    const log = { info() {}, warn() {}, error() {} }
    const kind: JobKind = {
      name: 'count',
      open: async () => ({
        keys: async () => ['a', 'b'],
        async work(key) {
          if (key === 'b') await go.promise
          return 'done'
        },
      }),
    }
    const jobs = startJobs({ it: installation, kinds: [kind], clock: systemClock, log })
    await feed.next('jobs', (rows) => rows.some(({ id, counts }) => id === standing && counts.done === 1))
    const begun = performance.now()
    go.resolve()
    await feed.next('jobs', (rows) => rows.some(({ id, state }) => id === standing && state === 'done'))
    expect(performance.now() - begun).toBeLessThan(1000)
    const second = await order()
    jobs.poke()
    await feed.next('jobs', (rows) => rows.some(({ id, state }) => id === second && state === 'done'))
    await jobs.stop()
    feed.close()
  })
})
