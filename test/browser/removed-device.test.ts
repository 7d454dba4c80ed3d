import type { Browser, BrowserContext } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { eventDatabases } from '../support/phone-storage.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { numberScan, type StaffPhone, signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { untilOffline } from '../support/watched-page.ts'

let browser: Browser
let zekken: Zekken
let phone: StaffPhone
let device: string
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  phone = await staffPhone(browser, { workers: 'allow' })
  await signIn(phone, zekken, '展望台 各務')
  await standAt(phone, zekken, /^34/)
  // What is taken without a network needs the screens to be on the phone.
  await untilOffline(phone)
  device = (await phone.page.evaluate(() => localStorage.getItem('staff:zekken:device'))) ?? ''
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const patient = { timeout: 60_000, interval: 500 }
const strip = (text: string | RegExp) => phone.page.locator('.strip').getByText(text).waitFor({ timeout: 60_000 })

test('[RM11] a 401 of something else, or an order that the server never signed, wipes nothing', async () => {
  const { page, context } = phone
  await context.setOffline(true)
  await numberScan(phone, '101')
  await page.getByRole('button', { name: '次のスキャン' }).click()

  await answerAll(context, { status: 401, contentType: 'text/html', body: '<h1>Please pay for the Wi-Fi</h1>' })
  await context.setOffline(false)
  await strip('圏外')
  await strip('未送信 1件')

  await context.unrouteAll()
  const figures = { order: forged({ device, order: 'wipe' }) }
  const headers = { 'x-zekken-time': String(Date.now()), 'content-type': 'application/json' }
  const error = { code: 'ZK-AUTH-004', message: 'This device has been removed.', figures }
  await answerAll(context, { status: 403, headers, body: JSON.stringify({ error }) })
  await page.reload()
  await strip('サインインが必要です')
  await strip('未送信 1件')
  expect((await eventDatabases(page)).length).toBeGreaterThanOrEqual(5)

  await context.unrouteAll()
  await page.reload()
  await strip('同期済み')
  await expect.poll(() => checkinsOf('101'), patient).toBe(1)
  expect(phone.complaints()).toEqual([])
}, 180_000)

test('[RM12] a removed phone hands over what it had, wipes itself and says so; accepted, its records count', async () => {
  const { page, context } = phone
  // All of the screen is there after the reload, before the network goes.
  await page.locator('.scan-tools .button').last().waitFor()
  await context.setOffline(true)
  await numberScan(phone, '102')
  await page.getByRole('button', { name: '写真を撮る' }).click()
  await page.getByRole('button', { name: '撮影' }).click()
  await page.getByRole('button', { name: 'この写真を使う' }).click()
  await page.locator('.verdict').getByText('あり（1枚）').waitFor()
  await page.getByRole('button', { name: '次のスキャン' }).click()
  await strip(/未送信 2件・写真 1枚/)

  const authorization = `Bearer ${await zekken.token('admin')}`
  const path = `${zekken.url}/api/events/${zekken.event}/devices/${device}?reason=lost`
  expect((await fetch(path, { method: 'DELETE', headers: { authorization } })).status).toBe(204)
  await context.setOffline(false)
  await page.getByText('この端末は登録を解除されました').waitFor({ timeout: 60_000 })
  await expectSound(phone, 'removed')
  expect(await eventDatabases(page)).toEqual([])
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/trial|各務|"34"|\\"34\\"/)
  expect(await page.evaluate(() => localStorage.getItem('staff:zekken:device'))).not.toBe(device)

  // Until an admin says so, nothing of it counts.
  expect(await checkinsOf('102')).toBe(0)
  const { waiting } = (await zekken.get(`/api/events/${zekken.event}/quarantine`)) as {
    waiting: { fact: { type: string } }[]
  }
  expect(waiting.map(({ fact }) => fact.type).sort()).toEqual(['checkin', 'photo'])
  const accepted = await zekken.post(`/api/events/${zekken.event}/quarantine/${device}/accept`, {})
  expect(accepted).toMatchObject({ refused: [] })
  await expect.poll(() => checkinsOf('102'), patient).toBe(1)
  await expect.poll(photosAwaited, patient).toBe(0)

  // The phone may be given out again, as another device.
  await signIn(phone, zekken, '展望台 丹羽')
  await strip('同期済み')
  expect(phone.complaints()).toEqual([])
}, 180_000)

async function answerAll(context: BrowserContext, answer: object): Promise<void> {
  for (const path of ['**/api/**', '**/db/**']) await context.route(path, (route) => route.fulfill(answer))
}

/** A compact JWS of the right form, signed by nobody. */
function forged(claim: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'ES256', typ: 'zekken-order', kid: 'none' })}.${part(claim)}.${'A'.repeat(86)}`
}

async function checkinsOf(team: string): Promise<number> {
  const { card } = (await zekken.get(`/api/events/${zekken.event}/teams/${team}`)) as { card: Card | null }
  return card?.checkpoints.length ?? 0
}

async function photosAwaited(): Promise<number> {
  return ((await zekken.get(`/api/events/${zekken.event}/overview`)) as { photosAwaited: number }).photosAwaited
}
