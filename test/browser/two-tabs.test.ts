import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { numberScan, type StaffPhone, signIn, staffPhone, standAt, useWedge } from '../support/staff-phone.ts'
import { someTeams, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

let zekken: Zekken
let browser: Browser
let phone: StaffPhone
const numbers = Array.from({ length: 14 }, (_, i) => String(201 + i))
beforeAll(async () => {
  const [entry] = someTeams
  zekken = await sharedZekken({ teams: numbers.map((team) => ({ ...entry!, team, name: `隊 ${team}` })) })
  browser = await sharedChromium()
  phone = await staffPhone(browser, { workers: 'allow' })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const patient = { timeout: 60_000, interval: 500 }
const synced = (page: Page) => page.locator('.strip').getByText('同期済み').waitFor({ timeout: 60_000 })

test('[TB5] two tabs record at the same time, the one that replicates is closed in the middle of a write: nothing is lost', async () => {
  const { page: first, context } = phone
  const sentByFirst = pushesOf(first)
  await signIn(phone, zekken, '展望台 各務')
  await standAt(phone, zekken, /^34/)
  await useWedge(phone)
  await synced(first)
  const second = await context.newPage()
  const complaints: string[] = []
  second.on('pageerror', (error) => complaints.push(String(error)))
  second.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const sentBySecond = pushesOf(second)
  await visit(second, `${zekken.url}/staff/`)
  await synced(second)

  // Both are at work, one speaks with the server.
  await Promise.all([record(first, ['201', '202', '203']), record(second, ['204', '205', '206'])])
  for (const team of numbers.slice(0, 6)) await expect.poll(() => checkinsOf(team), patient).toBe(1)
  await Promise.all([synced(first), synced(second)])
  expect(sentByFirst()).toBeGreaterThan(0)
  expect(sentBySecond()).toBe(0)

  // The one that speaks is closed while it writes, and while the other writes.
  const closing = async () => {
    await record(first, ['207', '208'])
    await first.locator('.scan-tools .button').last().click()
    await first.locator('.keypad-number').fill('209')
    await Promise.all([first.keyboard.press('Enter').catch(() => undefined), first.close()])
  }
  await Promise.all([closing(), record(second, ['210', '211', '212', '213'])])
  await record(second, ['214'])
  await synced(second)
  expect(sentBySecond()).toBeGreaterThan(0)

  // What a tab had shown as recorded is there, once; the write cut short is whole or was never made.
  for (const team of numbers.filter((number) => number !== '209')) expect(await checkinsOf(team), team).toBe(1)
  const cutShort = await checkinsOf('209')
  expect([0, 1]).toContain(cutShort)
  await visit(second, `${zekken.url}/staff/records`)
  await expect.poll(() => second.locator('.list li').count(), patient).toBe(13 + cutShort)
  expect(await second.getByText('未送信').count()).toBe(await second.locator('option', { hasText: '未送信' }).count())
  expect([...phone.complaints(), ...complaints]).toEqual([])
}, 240_000)

async function record(page: Page, teams: readonly string[]): Promise<void> {
  for (const team of teams) {
    await numberScan({ page } as StaffPhone, team)
    await page.locator('.verdict.ok').waitFor()
    await page.getByRole('button', { name: '次のスキャン' }).click()
  }
}

/** Counts the batches of facts that a tab sends. */
function pushesOf(page: Page): () => number {
  let sent = 0
  page.on('request', (request) => {
    if (request.url().includes('/_bulk_docs')) sent += 1
  })
  return () => sent
}

async function checkinsOf(team: string): Promise<number> {
  const { story } = (await zekken.get(`/api/events/${zekken.event}/teams/${team}`)) as { story: { type: string }[] }
  return story.filter(({ type }) => type === 'checkin').length
}
