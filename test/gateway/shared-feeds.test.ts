import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Doors, openDoors, type Phone } from './open-doors.ts'

let doors: Doors
let phone: Phone
let board: string
let base: string
let server: ReturnType<typeof serve>
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('staff')
  board = await doors.databaseFor('board')
  server = serve({ fetch: doors.app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await doors.close()
})

const at = (path: string) => `/db/${phone.generation}/${path}`
const asked: { path: string; signal: AbortSignal | null | undefined }[] = []
let request: Doors['couch']['request']
beforeEach(() => {
  asked.length = 0
  request = doors.couch.request
  doors.couch.request = (path, init) => {
    if (path.includes('_changes')) asked.push({ path, signal: init?.signal })
    return request(path, init)
  }
})
afterEach(() => {
  doors.couch.request = request
})
const newest = async () => ((await (await phone.fetch(at(board))).json()) as { update_seq: string | number }).update_seq
const feed = (since: string | number) =>
  `${at(board)}/_changes?feed=longpoll&timeout=20000&since=${encodeURIComponent(String(since))}`
const readers = () => Promise.all(Array.from({ length: 5 }, () => doors.signIn('staff')))

test('[GP25] phones that wait for the same are asked for once, all hear of the change, and each knows at once what time it is', async () => {
  const since = await newest()
  const answers = await Promise.all((await readers()).map((one) => one.fetch(feed(since))))
  expect(asked).toHaveLength(1)
  for (const answer of answers) expect(answer.headers.get('x-zekken-time')).toBe(String(doors.clock.now))
  await doors.couch.database(board).put({ _id: 'setting:shared', type: 'setting', value: since })
  const told = (await Promise.all(answers.map((answer) => answer.json()))) as { results: { id: string }[] }[]
  for (const { results } of told) expect(results.map(({ id }) => id)).toEqual(['setting:shared'])
  expect(asked).toHaveLength(1)
})

test('[GP26] those who hang up take nothing from the others; the last one ends the question', async () => {
  const since = await newest()
  const stops = Array.from({ length: 3 }, () => new AbortController())
  const bearer = (await doors.signIn('staff')).bearer
  const waiting = stops.map(({ signal }) => fetch(base + feed(since), { headers: bearer, signal }))
  const bodies = (await Promise.all(waiting)).map((answer) => answer.text())
  expect(asked).toHaveLength(1)
  stops[0]?.abort()
  await expect(bodies[0]).rejects.toThrow()
  expect(asked[0]?.signal?.aborted).toBe(false)
  stops[1]?.abort()
  stops[2]?.abort()
  await Promise.allSettled(bodies)
  await expect.poll(() => asked[0]?.signal?.aborted).toBe(true)
})

test('[GP27] other roles, and other places in the feed, are other questions', async () => {
  const since = await newest()
  const stop = new AbortController()
  const [staff, team] = [await doors.signIn('staff'), await doors.signIn('participant', { teams: ['12'] })]
  const open = await Promise.all([
    fetch(base + feed(since), { headers: staff.bearer, signal: stop.signal }),
    fetch(base + feed(since), { headers: team.bearer, signal: stop.signal }),
  ])
  expect(open.map(({ status }) => status)).toEqual([200, 200])
  expect(asked).toHaveLength(2)
  const early = (await (await staff.fetch(feed(0))).json()) as { results: unknown[] }
  expect(early.results.length).toBeGreaterThan(0)
  expect(asked).toHaveLength(3)
  stop.abort()
  await Promise.allSettled(open.map((answer) => answer.text()))
})

test('[GP28] who comes after an answer is asked for anew, and a token that ends closes its own feed alone', async () => {
  const since = await newest()
  const before = doors.clock.now
  const short = await doors.signIn('staff')
  doors.clock.now = short.expiresAt - 300
  const long = await doors.signIn('staff')
  const [ended, waits] = await Promise.all([short.fetch(feed(since)), long.fetch(feed(since))])
  expect(await ended.json()).toMatchObject({ results: [], last_seq: since })
  await doors.couch.database(board).put({ _id: 'setting:later', type: 'setting', value: 1 })
  expect(((await waits.json()) as { results: unknown[] }).results).toHaveLength(1)
  doors.clock.now = before
  expect((await phone.fetch(feed(0))).status).toBe(200)
})
