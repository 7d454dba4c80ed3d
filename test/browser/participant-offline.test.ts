import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { readQr } from '../support/read-qr.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { staffPhone } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { decide, joinTeam, playTwoVisits, type TeamPhone } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { untilOffline } from '../support/watched-page.ts'

// A phone that missed the server tries again after pauses that double.
vi.setConfig({ testTimeout: 120_000 })

let zekken: Zekken
let browser: Browser
let phone: TeamPhone
let shrine: string
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  shrine = (await playTwoVisits(zekken, '128'))[1]
  phone = await staffPhone(browser, { workers: 'allow' })
  await joinTeam(phone, zekken, '128')
  await phone.page.locator('.list.numbered li').nth(1).waitFor()
  const notice = { title: '給水所は二つです', body: '川の手前と橋のたもとです。', audience: {}, urgent: false }
  await decide(zekken, { kind: 'notice', ...notice })
  await phone.page.locator('.bar .badge').waitFor()
  await untilOffline(phone)
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})
const points = () => phone.page.locator('.points .figure').innerText()
const pillOf = (number: string) =>
  phone.page.locator('.list.numbered li', { has: phone.page.getByText(number, { exact: true }) }).locator('.pill')

test('the app can be installed', async () => {
  const devtools = await phone.context.newCDPSession(phone.page)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
})

test('a decision reaches the card by itself, glows, and is said to a screen reader', async () => {
  expect(await points()).toBe('34')
  // The photos of the other check-ins may still be on their way to the card.
  await phone.page.locator('li.fresh').first().waitFor({ state: 'detached' })
  await decide(zekken, { kind: 'review', checkin: shrine, action: 'APPROVED' })
  await phone.page.locator('li.fresh', { hasText: '水神の祠' }).waitFor()
  expect(await phone.page.locator('[role=status]').getByText('水神の祠：承認').count()).toBe(1)
  expect(await points()).toBe('52')
  expect(await pillOf('18').innerText()).toBe('承認')
  expect(await phone.page.locator('li.fresh', { hasText: '水神の祠' }).count()).toBe(1)
  await phone.page.locator('li.fresh').first().waitFor({ state: 'detached' })
})

test('with the server gone the card stays over a reload, says how old it is, and its clock goes on', async () => {
  await zekken.stop('SIGKILL')
  await phone.page.getByText('に受け取った内容です').waitFor()
  await phone.page.reload()
  await phone.page.locator('.own-number').getByText('128').waitFor()
  await phone.page.getByText('に受け取った内容です').waitFor()
  expect(await phone.page.locator('.notice h2').innerText()).toMatch(/^\d\d:\d\d（.+）に受け取った内容です$/)
  expect(await phone.page.locator('.strip').innerText()).toMatch(/圏外\s+最終 \d\d:\d\d/)
  expect(await points()).toBe('52')
  const timer = phone.page.locator('[role=timer]')
  const before = await timer.innerText()
  await expect.poll(() => timer.innerText()).not.toBe(before)
  await expectSound(phone, 'offline')
  await phone.page.locator('.strip').click()
  await phone.page.locator('.screen-action').waitFor()
  await expectSound(phone, 'status offline')
  await phone.page.goBack()
})

test('[HM3] a tab that is opened anew without a server, three days later, has the own number to be scanned, and what was told', async () => {
  const page = await phone.context.newPage()
  await page.clock.setFixedTime(Date.now() + 72 * 3_600_000)
  await page.goto(`${zekken.url}/team/number`)
  await page.locator('.bib-on-screen img').waitFor()
  const text = await bibText({ dataDir: zekken.dataDir, event: zekken.event, number: '128', issue: 1 })
  expect(await readQr(await page.locator('.bib-on-screen').screenshot())).toBe(text)
  await visit(page, `${zekken.url}/team/notices`)
  await page.getByText('給水所は二つです').click()
  await page.locator('.marked').getByText('川の手前').waitFor()
  await page.close()
})

test('when the server is back the card renews itself without a touch', async () => {
  await zekken.start()
  await decide(zekken, { kind: 'adjustment', team: '128', points: -5, reason: '置き忘れ' })
  await phone.page.getByText('置き忘れ').waitFor({ timeout: 100_000 })
  expect(await points()).toBe('47')
  expect(await phone.page.getByText('に受け取った内容です').count()).toBe(0)
  expect(phone.complaints()).toEqual([])
})

test('a sign-in that ran out leaves the card on screen and asks for a new invitation', async () => {
  await phone.context.clearCookies()
  await phone.page.reload()
  await phone.page.getByText('サインインの期限が切れました').waitFor()
  await phone.page.locator('.own-number').getByText('128').waitFor()
  await expectSound(phone, 'expired')
  await phone.page.getByRole('link', { name: 'サインインする' }).click()
  await phone.page.locator('form').first().waitFor()
  await expectSound(phone, 'sign in again')
  await joinTeam(phone, zekken, '128')
  await phone.page.locator('.strip').getByText('同期済み').waitFor()
  expect(await phone.page.getByText('サインインの期限が切れました').count()).toBe(0)
})

test('a team that is entered later appears, and is followed from then on', async () => {
  const early = await staffPhone(browser, { workers: 'allow' })
  await early.page.goto(await zekken.invite('participant', 'あとから', ['777']))
  await early.page.locator('.sign-in .button.main:enabled').click()
  await early.page.getByText('チームの情報がまだありません').waitFor()
  await expectSound(early, 'no card yet')
  await enter('number,name,class\n777,あとから組,three')
  await expect
    .poll(
      async () => {
        const check = early.page.getByRole('button', { name: '今すぐ確認する' })
        if ((await check.count()) > 0) await check.click({ timeout: 1_000 }).catch(() => undefined)
        return await early.page.getByText('あとから組').count()
      },
      { timeout: 60_000 },
    )
    .toBe(1)
  await decide(zekken, { kind: 'adjustment', team: '777', points: 7, reason: '開会の手伝い' })
  await early.page.getByText('開会の手伝い').waitFor()
  await early.context.close()
})

test('another generation of the server fills a new copy beside the old one, which is shown until then', async () => {
  const restored = await staffPhone(browser, { workers: 'allow' })
  await joinTeam(restored, zekken, '128')
  await restored.page.locator('.list.numbered li').nth(1).waitFor()
  const answer = { headers: { 'x-zekken-time': String(Date.now()) }, contentType: 'application/json' }
  await restored.context.route('**/db/', (route) => route.fulfill({ ...answer, body: '{"generation":"another"}' }))
  const held = Promise.withResolvers<void>()
  await restored.context.route('**/db/another/**', async (route) => {
    await held.promise
    // A page that was left meanwhile has taken its requests with it.
    await route.abort().catch(() => undefined)
  })
  await restored.page.reload()
  await restored.page.getByText('サーバーが復元されました').waitFor()
  expect(await restored.page.locator('.list.numbered li').count()).toBe(2)
  await expectSound(restored, 'another generation')
  held.resolve()
  await restored.context.unrouteAll()
  await restored.page.reload()
  await restored.page.getByText('サーバーが復元されました').waitFor({ state: 'detached' })
  await restored.page.locator('.strip').getByText('同期済み').waitFor()
  expect(await restored.page.locator('.list.numbered li').count()).toBe(2)
  await restored.context.close()
})

test('a removed device is wiped, says so, and shows nothing of the team', async () => {
  const device = await phone.page.evaluate(() => localStorage.getItem('participant:zekken:device'))
  const response = await fetch(`${zekken.url}/api/events/${zekken.event}/devices/${device}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${await zekken.token('admin')}` },
  })
  expect(response.status).toBeLessThan(300)
  await phone.page.reload()
  await phone.page.getByText('この端末は登録を解除されました').waitFor({ timeout: 30_000 })
  expect(await phone.page.locator('.own-number').count()).toBe(0)
  await expectSound(phone, 'removed')
  await phone.page.reload()
  await phone.page.locator('.sign-in form').first().waitFor()
  expect(await phone.page.getByText('里山ハイカーズ').count()).toBe(0)
})

async function enter(csv: string): Promise<void> {
  const response = await fetch(`${zekken.url}/api/events/${zekken.event}/imports/teams?commit=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await zekken.token('admin')}` },
    body: csv,
  })
  if (!response.ok) throw new Error(await response.text())
}
