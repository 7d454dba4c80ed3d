import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound, expectSoundInBothSizes } from '../support/expect-sound.ts'
import { upgradable } from '../support/newer-version.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { numberScan, signIn, staffPhone, standAt, useWedge, wedgeScan } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { untilOffline } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

/** An answer that only our server gives: it carries the server's time. */
const refusal = (status: number, code: string) => ({
  status,
  contentType: 'application/json',
  headers: { 'x-zekken-time': String(Date.now()) },
  body: JSON.stringify({ error: { code, message: 'この役割では記録できません。' } }),
})

test('a refused record is shown with its code, stays, and goes when it is offered again', {
  timeout: 180_000,
}, async () => {
  const phone = await staffPhone(browser)
  await signIn(phone, zekken)
  await standAt(phone, zekken, /^34/)
  await phone.page.route('**/_bulk_docs*', (route) => route.fulfill(refusal(403, 'ZK-FACT-002')))
  await useWedge(phone)
  await numberScan(phone, '128')
  await visit(phone.page, `${zekken.url}/staff/sync`)
  await phone.page.getByText('ZK-FACT-002').first().waitFor()
  expect(await phone.page.locator('.strip').textContent()).toContain('送信できない記録 1件')
  expect(await phone.page.locator('main').textContent()).toContain('記録はこの端末に保存されています')
  await expectSound(phone, 'refused')
  await phone.page.unroute('**/_bulk_docs*')
  await phone.page.getByRole('button', { name: 'もう一度送る' }).click()
  await phone.page.getByText('閉じても大丈夫です').waitFor({ timeout: 20_000 })
  await phone.context.close()
})

test('a sign-in that ran out is said, and recording goes on', { timeout: 180_000 }, async () => {
  const phone = await staffPhone(browser)
  await signIn(phone, zekken)
  await standAt(phone, zekken, /^34/)
  await phone.page.route('**/api/login/refresh', (route) => route.fulfill(refusal(401, 'ZK-AUTH-001')))
  await useWedge(phone)
  await phone.page.reload()
  await phone.page.locator('.strip').getByText('再サインインが必要です').waitFor()
  await numberScan(phone, '101')
  await phone.page.locator('.verdict.ok').waitFor()
  await visit(phone.page, `${zekken.url}/staff/sync`)
  await phone.page.getByText('サインインの期限が切れました').waitFor()
  await phone.page.getByLabel('招待コード').waitFor()
  await expectSound(phone, 'expired')
  await phone.context.close()
})

test('without a camera the phone says so and still records by number; little space is warned about', {
  timeout: 180_000,
}, async () => {
  const phone = await staffPhone(browser)
  await phone.page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    navigator.storage.estimate = () => Promise.resolve({ quota: 60_000_000, usage: 50_000_000 })
  })
  await signIn(phone, zekken)
  await visit(phone.page, `${zekken.url}/staff/station`)
  await phone.page.getByRole('button', { name: /^34/ }).click()
  await phone.page.getByText('カメラを使えません').waitFor()
  await expectSound(phone, 'no camera')
  await phone.page.getByRole('button', { name: '番号で入力' }).click()
  await phone.page.locator('.keypad-number').fill('102')
  await phone.page.keyboard.press('Enter')
  await phone.page.locator('.verdict.ok').waitFor()
  await visit(phone.page, `${zekken.url}/staff/sync`)
  await phone.page.getByText('空き容量が少なくなっています').waitFor()
  await expectSound(phone, 'low space')
  await phone.context.close()
})

test('[U8] a new version waits for the person, and what was unsent is still there after it', {
  timeout: 180_000,
}, async () => {
  const door = await upgradable(zekken)
  const phone = await staffPhone(browser, { workers: 'allow' })
  await signIn(phone, door.zekken)
  await untilOffline(phone)
  await standAt(phone, door.zekken, /^34/)
  await useWedge(phone)
  door.upgrade()
  await phone.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await phone.context.setOffline(true)
  await numberScan(phone, '103')
  await visit(phone.page, `${door.zekken.url}/staff/sync`)
  await phone.page.getByText('新しい版があります').waitFor()
  await expectSoundInBothSizes(phone, 'a new version')
  const reloaded = phone.page.waitForEvent('load')
  await phone.page.getByRole('button', { name: '更新する' }).click()
  await reloaded
  await phone.page.getByText('新しい版があります').waitFor({ state: 'detached' })
  await phone.page.locator('.strip').getByText('未送信 1件').waitFor()
  await phone.context.setOffline(false)
  await phone.page.getByText('閉じても大丈夫です').waitFor({ timeout: 20_000 })
  await phone.context.close()
  door.close()
})

test('a verdict waits for no answer of the server, and rapid mode goes on by itself', {
  timeout: 180_000,
}, async () => {
  const phone = await staffPhone(browser)
  await signIn(phone, zekken)
  await standAt(phone, zekken, /^18/)
  await useWedge(phone)
  await phone.page.evaluate(() => localStorage.setItem('zekken.rapid', 'true'))
  await phone.page.reload()
  await phone.page.locator('.wedge.hears').waitFor()
  const held: string[] = []
  const link = Promise.withResolvers<void>()
  await phone.page.route(/\/(?:api|db)\//, async (route) => {
    held.push(route.request().url())
    await link.promise
    await route.continue()
  })
  const { dataDir, event } = zekken
  for (const number of ['101', '102', '103']) {
    await wedgeScan(phone, await bibText({ dataDir, event, number }))
    await phone.page.locator('.verdict').waitFor({ state: 'detached' })
  }
  expect(held.length).toBeGreaterThan(0)
  await phone.page.locator('.strip').getByText('未送信 3件').waitFor()
  link.resolve()
  await phone.page.locator('.strip').getByText('未送信').waitFor({ state: 'detached' })
  await phone.context.close()
})
