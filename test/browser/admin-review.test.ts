import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { untilOffline } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
let one: DeskBrowser
let two: DeskBrowser
const shrine = { checkpoint: '18', lat: 35.4378, lng: 136.7755 }

beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  await playCheckins(zekken, '101', [{ ...shrine, lat: 35.4386, minutesAgo: 40 }])
  await playCheckins(zekken, '102', [{ ...shrine, lat: 35.4388, minutesAgo: 30 }])
  await playCheckins(zekken, '103', [{ ...shrine, minutesAgo: 20 }])
  one = await openDeskBrowser(browser, zekken, { role: 'judge', name: '審査 小川' }, { workers: 'allow' })
  two = await openDeskBrowser(browser, zekken, { role: 'judge', name: '審査 森' })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const go = (desk: DeskBrowser, path: string) => visit(desk.page, `${zekken.url}/admin/${path}`)
const bib = (desk: DeskBrowser) => desk.page.locator('.photo-bib').textContent()
/** The place comes before it. */
const net = (desk: DeskBrowser, team: string) =>
  desk.page.locator('.ranking tr', { hasText: team }).locator('.why.strong').last()

test('[CB2] the next photo waits for no answer; another console hears of a decision by the live feed, and undone it is gone', async () => {
  await go(two, 'rankings')
  await net(two, '101').waitFor()
  expect(await net(two, '101').textContent()).toBe('0')
  await go(one, 'review?filter=PENDING')
  await one.page.locator('.photo img').waitFor()
  expect(await bib(one)).toBe('101')
  await one.page.locator('.evidence').getByText('離れすぎです').waitFor()
  const asked: string[] = []
  two.page.on('request', (request) => request.url().includes('/rankings/') && asked.push(request.url()))
  const link = Promise.withResolvers<void>()
  await one.page.route('**/decisions', async (route) => {
    await link.promise
    await route.continue()
  })
  const sent = one.page.waitForRequest('**/decisions')
  await one.page.keyboard.press('a')
  await one.page.locator('.photo-bib', { hasText: '102' }).waitFor()
  await sent
  await one.page.locator('.link-state').getByText('送信待ち 1件').waitFor()
  // Nobody asks by the clock: as long as nothing is decided, there is nothing to ask for.
  expect([await net(two, '101').textContent(), asked]).toEqual(['0', []])
  link.resolve()
  await net(two, '101').filter({ hasText: '18' }).waitFor()
  expect(asked.length).toBeGreaterThan(0)
  await net(two, '101').click()
  await two.page.locator('dialog').getByText('確定 — 人が承認した通過').waitFor()
  await two.page.keyboard.press('Escape')
  await one.page.keyboard.press('z')
  await one.page.locator('.photo-bib', { hasText: '101' }).waitFor()
  await net(two, '101').filter({ hasText: '0' }).waitFor()
  await one.page.unroute('**/decisions')
  expect([...one.complaints(), ...two.complaints()]).toEqual([])
}, 60_000)

test('[CB3] two judges do not take the same check-in: the second sees whose it is and goes on to the next', async () => {
  await go(one, 'review?filter=PENDING')
  await one.page.locator('.photo-bib', { hasText: '101' }).waitFor()
  await go(two, 'review?filter=PENDING')
  await two.page.locator('.photo-standing.warn').getByText('審査 小川さんが確認中です').waitFor()
  await two.page.keyboard.press('j')
  await two.page.locator('.photo-bib', { hasText: '102' }).waitFor()
  await one.page.locator('.queue').getByText('審査 森さんが確認中です').waitFor()
  await one.page.keyboard.press('j')
  await one.page.getByText('ほかに審査する記録はありません').waitFor()
  expect(await bib(one)).toBe('101')
  await go(two, 'rankings')
})

test('[CB4] a rejection takes its reason by a digit, and the team’s page tells it', async () => {
  await go(one, 'review?filter=PENDING')
  await one.page.locator('.photo-bib', { hasText: '101' }).waitFor()
  await one.page.keyboard.press('r')
  await one.page.locator('dialog').waitFor()
  await one.page.keyboard.press('2')
  await one.page.locator('.photo-bib', { hasText: '102' }).waitFor()
  await go(two, 'teams/101')
  await two.page.getByText('写るべき人が写っていません').first().waitFor()
})

test('[CB5] without a link decisions go on, outlive a reload, and are sent once when it is back', async () => {
  await go(one, 'review?filter=PENDING')
  await one.page.locator('.photo-bib', { hasText: '102' }).waitFor()
  await untilOffline(one)
  await zekken.stop()
  await one.page.keyboard.press('a')
  await one.page.locator('.link-state').getByText('送信待ち 1件').waitFor()
  await one.page.locator('.notice').getByText('サーバーに接続できません').waitFor()
  await one.page.reload()
  await one.page.locator('.link-state').getByText('送信待ち 1件').waitFor()
  await zekken.start()
  await one.page.locator('.link-state').getByText('最新').waitFor({ timeout: 20_000 })
  await one.page.locator('.link-state').getByText('送信待ち').waitFor({ state: 'detached' })
  await go(two, 'rankings')
  await net(two, '102').filter({ hasText: '18' }).waitFor()
  const reviews = await zekken.get(`/api/events/${zekken.event}/teams/102`)
  const story = (reviews as { story: { type: string }[] }).story
  expect(story.filter(({ type }) => type === 'review')).toHaveLength(1)
}, 120_000)
