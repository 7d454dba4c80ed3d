import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { JobRow } from '../../design-docs/jobs.ts'
import type { RankingPage } from '../../design-docs/rankings.ts'
import type { ReportList } from '../../design-docs/scoreboards.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import { readPdf } from '../print/read-pdf.ts'
import { phoneWithoutScreen } from '../support/phone-without-screen.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'

const numbers = Array.from({ length: 16 }, (_, n) => String(201 + n))
let zekken: Zekken
beforeAll(async () => {
  const teams = numbers.map((team) => ({ team, name: `Team ${team}`, classIds: ['three'], members: [] }))
  zekken = await startZekken({ teams })
  await checkIn(numbers)
}, 120_000)
afterAll(() => zekken?.end())

const path = (rest: string) => `/api/events/${zekken.event}/${rest}`
const reports = async () => ((await zekken.get(path('scoreboards'))) as ReportList).reports

async function checkIn(teams: readonly string[]): Promise<void> {
  const phone = await phoneWithoutScreen(zekken, 'core', 7)
  for (const [n, team] of teams.entries()) {
    for (const [checkpoint, minutes] of [['34', 40] as const, ['G', 5] as const]) {
      const at = Date.now() - minutes * 60_000 + n * 1000
      phone.record('checkin', at, { team, checkpoint, method: 'qr', verified: true })
    }
  }
  await phone.deliver()
  const cards = async () => (await reports()).filter(({ checkins }) => checkins >= 2).length
  await vi.waitFor(async () => expect(await cards()).toBe(teams.length), { timeout: 60_000, interval: 200 })
  // A place that comes later makes another sheet, and rightly.
  const placed = async () => {
    const { ranking } = (await zekken.get(path('rankings/three'))) as RankingPage
    return ranking?.rows.filter(({ place }) => place !== null).length
  }
  await vi.waitFor(async () => expect(await placed()).toBe(teams.length), { timeout: 60_000, interval: 200 })
}

/** Teams whose scoreboard lies in storage. */
async function stored(): Promise<Map<string, string[]>> {
  const storage = folderStorage({ folder: join(zekken.dataDir, 'files') })
  const prefix = `${zekken.event}/scoreboard/`
  const teamIn = (key: string) => /^\d+(?=\/)/.exec(key.slice(prefix.length))?.[0] ?? ''
  const keys = (await storage.list(prefix)).filter((key) => teamIn(key) !== '')
  return Map.groupBy(keys, teamIn)
}

/** Ends the server as soon as so many scoreboards are stored, whatever it is at. */
async function killAt(count: number, before: ReadonlySet<string> = new Set()): Promise<void> {
  const made = async () =>
    [...(await stored()).values()].filter((files) => files.some((name) => !before.has(name))).length
  await vi.waitFor(async () => expect(await made()).toBeGreaterThanOrEqual(count), { timeout: 60_000, interval: 5 })
  await zekken.stop('SIGKILL')
  expect(await made()).toBeLessThan(numbers.length)
}

async function order(more: object): Promise<string> {
  return ((await zekken.post(path('scoreboards'), { language: 'en', bundle: true, ...more })) as JobRow).id
}

async function ended(id: string): Promise<JobRow> {
  const job = async () => (await zekken.get(path(`jobs/${id}`))) as JobRow
  await expect.poll(async () => (await job()).state, { timeout: 120_000 }).toBe('done')
  return await job()
}

test('[SB17] a server killed twice among the scoreboards of an event makes every team’s once, and the merged PDF whole', async () => {
  const id = await order({})
  const done = new Map<string, number>()
  for (const count of [3, 8]) {
    await killAt(count)
    await zekken.start()
    for (const { team, made } of await reports()) if (made) done.set(team, done.get(team) ?? made.at)
  }
  expect(done.size).toBeGreaterThan(3)
  const { counts } = await ended(id)
  expect(counts).toMatchObject({ total: numbers.length, parked: 0 })
  // What was at hand when the process ended was looked at once more: two at a time.
  expect(counts.done + counts.unchanged).toBe(numbers.length)
  expect(counts.unchanged).toBeLessThanOrEqual(4)
  const made = new Map((await reports()).map((row) => [row.team, row.made]))
  for (const team of numbers) expect([team, made.get(team)?.version]).toEqual([team, 1])
  for (const [team, at] of done) expect([team, made.get(team)?.at]).toEqual([team, at])
  const files = await stored()
  for (const team of numbers) expect([team, files.get(team)?.length]).toEqual([team, 2])

  const { link } = (await zekken.post(path(`jobs/${id}/files/0`), {})) as { link: string }
  const file = await fetch(zekken.url + link)
  const merged = await readPdf(new Uint8Array(await file.arrayBuffer()))
  expect(merged.pages).toBe(numbers.length)
  for (const [n, team] of numbers.entries()) expect((await merged.texts(n + 1)).join(' ')).toContain(`Team ${team}`)
}, 180_000)

test('[SB18] the same for scoreboards that are wanted anew: what was made before the end is not made a third time', async () => {
  const before = new Set([...(await stored()).values()].flat())
  const id = await order({ reprint: true })
  await killAt(5, before)
  await zekken.start()
  const { counts } = await ended(id)
  expect(counts.done + counts.unchanged).toBe(numbers.length)
  expect((await reports()).map(({ made }) => made?.version)).toEqual(numbers.map(() => 2))
  for (const [team, files] of await stored()) expect([team, files.length]).toEqual([team, 2])
}, 180_000)
