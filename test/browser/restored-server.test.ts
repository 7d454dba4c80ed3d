import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { ulid } from '../../design-docs/ids.ts'
import { sharedChromium } from '../support/chromium.ts'
import { mirrorRevisions } from '../support/phone-storage.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { numberScan, type StaffPhone, signIn, staffPhone, standAt, useWedge } from '../support/staff-phone.ts'
import { type OwnZekken, someTeams, startZekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

let browser: Browser | undefined
let zekken: OwnZekken | undefined
let phone: StaffPhone
beforeEach(async () => {
  browser ??= await sharedChromium()
  await zekken?.end()
  zekken = await startZekken()
  phone = await staffPhone(browser, { workers: 'allow' })
  await signIn(phone, zekken, '展望台 各務')
  await standAt(phone, zekken, /^34/)
  await useWedge(phone)
  return () => phone.context.close()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

test('[RS5] a server set back to an older copy, generation and all, is noticed, given what it lost, and shown as it is', async () => {
  const server = zekken as OwnZekken
  const { page } = phone
  await checkIn('101')
  await synced(page)
  const copy = await server.snapshot()

  // A lost hour: more check-ins, one taken back, and a session whose secret has moved on.
  await checkIn('102')
  await checkIn('103')
  await takeBack('101')
  await page.reload()
  await synced(page)
  const before = { '101': await facts('101'), '102': await facts('102'), '103': await facts('103') }
  expect(Object.values(before).map((lines) => lines.length)).toEqual([2, 1, 1])
  await expect.poll(() => onPhone(page), patient).toEqual(await onServer())

  await server.restore(copy)
  for (const team of ['101', '102', '103'] as const) {
    await expect.poll(() => facts(team), patient).toEqual(before[team])
  }
  await everyScreenEquals(page)
  expect(phone.complaints()).toEqual([])
}, 240_000)

test('[RS6] another server’s data, whose cards have more edits than the phone’s, replaces what the phone showed', async () => {
  const server = zekken as OwnZekken
  const { page, context } = phone
  await checkIn('101')
  await synced(page)
  const copy = await server.snapshot()

  await checkIn('128')
  await checkIn('102')
  await synced(page)
  const before = { '128': await facts('128'), '102': await facts('102') }
  await adjust('102', 50)
  await expect.poll(async () => (await cardOf('102')).points.net, patient).toBe(50)
  await expect.poll(() => onPhone(page), patient).toEqual(await onServer())
  const shownBefore = await onPhone(page)

  await context.setOffline(true)
  await server.restore(copy, 'new')
  const visits = [{ checkpoint: '18', lat: 35.4378, lng: 136.7755, minutesAgo: 40 }]
  const [shrine = ''] = await playCheckins(server, '128', visits)
  await expect.poll(async () => (await cardOf('128')).checkpoints.length, patient).toBe(1)
  const base = (await cardOf('128')).points.net
  for (const points of [1, 2, 3, 4, 5]) {
    await adjust('128', points)
    const total = (points * (points + 1)) / 2
    await expect.poll(async () => (await cardOf('128')).points.net, patient).toBe(base + total)
  }
  const edits = (rev = '') => Number(rev.split('-')[0])
  expect(edits((await onServer())['card:128'])).toBeGreaterThan(edits(shownBefore['card:128']))
  await context.setOffline(false)

  await expect.poll(() => facts('102'), patient).toEqual(before['102'])
  await expect.poll(() => facts('128'), patient).toEqual(expect.arrayContaining([...before['128'], shrine]))
  await everyScreenEquals(page)
  expect((await cardOf('102')).points.net).toBe(0)
  expect(phone.complaints()).toEqual([])
}, 240_000)

const patient = { timeout: 60_000, interval: 500 }

async function checkIn(team: string): Promise<void> {
  await numberScan(phone, team)
  await phone.page.locator('.verdict').getByText(team).first().waitFor()
  await phone.page.getByRole('button', { name: '次のスキャン' }).click()
}

async function takeBack(team: string): Promise<void> {
  const { page } = phone
  await visit(page, `${(zekken as OwnZekken).url}/staff/records`)
  const row = page.locator('li', { hasText: team })
  await row.getByRole('button', { name: '取り消す' }).click()
  await page.getByText('別のチームだった').click()
  await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click()
  await row.getByText('取り消し済み').waitFor()
}

const synced = (page: Page) => page.locator('.strip').getByText('同期済み').waitFor({ timeout: 60_000 })

/** The ids of the check-ins, photos and withdrawals of a team that the server holds. */
async function facts(team: string): Promise<string[]> {
  const { story } = (await (zekken as OwnZekken).get(`/api/events/trial/teams/${team}`)) as {
    story: { fact: string; type: string }[]
  }
  return story
    .filter(({ type }) => ['checkin', 'void'].includes(type))
    .map(({ fact }) => fact)
    .sort()
}

async function cardOf(team: string): Promise<Card> {
  return ((await (zekken as OwnZekken).get(`/api/events/trial/teams/${team}`)) as { card: Card }).card
}

const adjust = (team: string, points: number) =>
  (zekken as OwnZekken).post('/api/events/trial/decisions', {
    kind: 'adjustment',
    id: ulid(Date.now(), randomBytes(10)),
    ageMs: 0,
    team,
    points,
    reason: '試走',
  })

const onPhone = (page: Page) => mirrorRevisions(page, 'zk-trial-roster')

/** Id and revision of every card as the server gives them to staff. */
async function onServer(): Promise<Record<string, string>> {
  const server = zekken as OwnZekken
  const { generation } = (await server.get('/db/', 'staff')) as { generation: string }
  const path = `/db/${generation}/zk-trial-roster/_changes?style=main_only`
  const { results } = (await server.get(path, 'staff')) as { results: { id: string; changes: { rev: string }[] }[] }
  const cards = results.filter(({ id }) => !id.startsWith('_design/'))
  return Object.fromEntries(cards.map(({ id, changes }) => [id, changes[0]?.rev ?? '']))
}

/** The roster on the phone has the server's revisions, and each team's screen its points and check-ins. */
async function everyScreenEquals(page: Page): Promise<void> {
  await expect.poll(async () => isDeepStrictEqual(await onPhone(page), await onServer()), patient).toBe(true)
  for (const { team } of someTeams) {
    const { points, checkpoints } = await cardOf(team)
    await visit(page, `${(zekken as OwnZekken).url}/staff/team/${team}`)
    await page.getByText('公式と同じです').waitFor({ timeout: 60_000 })
    expect(await page.locator('.official .digits').textContent(), team).toBe(String(points.net))
    const shown = await page.locator('.list.numbered .number').allInnerTexts()
    expect(shown.sort(), team).toEqual(checkpoints.map(({ checkpoint }) => checkpoint).sort())
    expect(await page.getByText('未確定').count(), team).toBe(0)
  }
  await synced(page)
}
