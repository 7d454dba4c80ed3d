import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { signIn, staffPhone } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes, watchedPage } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

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

const button = (page: Page) => page.getByRole('button', { name: /^(?:サインイン用QR|Sign-in QR)$/ })

/** Presses the button; answers the link that the QR on screen holds. */
async function madeLink(page: Page): Promise<string> {
  const answer = page.waitForResponse((one) => one.url().endsWith('/sign-in') && one.request().method() === 'POST')
  await button(page).click()
  const { link } = (await (await answer).json()) as { link: string }
  await page.locator('.sign-in-qr').waitFor()
  return link
}

async function enterBy(link: string, team: string): Promise<void> {
  const { context, page } = await watchedPage(browser, {})
  await page.goto(link)
  await page.locator('.sign-in .button.main:enabled').click()
  await page.locator('.own-number', { hasText: team }).waitFor()
  await context.close()
}

describe.each([
  { language: 'ja', scheme: 'light', viewport: sizes.phone },
  { language: 'en', scheme: 'dark', viewport: sizes.phone },
] as const)('[LG65] in $language, $scheme,', (look) => {
  test('core staff show a QR at the reception that signs the team’s phone in', async () => {
    const phone = await staffPhone(browser, look)
    await signIn(phone, zekken, '本部 鈴木', 'core')
    await visit(phone.page, `${zekken.url}/staff/team/101`)
    const link = await madeLink(phone.page)
    await expectSound(phone, 'QR')
    expect((await phone.page.locator('.sign-in-qr').boundingBox())?.width).toBeGreaterThanOrEqual(300)
    await enterBy(link, '101')
    await phone.context.close()
  })
})

test('[LG65] without the server it says that it needs one, and goes on when it is back', async () => {
  const phone = await staffPhone(browser, { workers: 'allow' })
  await signIn(phone, zekken, '本部 田中', 'core')
  await visit(phone.page, `${zekken.url}/staff/team/102`)
  await button(phone.page).waitFor()
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await zekken.stop()
  await button(phone.page).click()
  await phone.page.getByText('電波のある場所でだけ作れます').waitFor()
  await expectSound(phone, 'no server')
  await zekken.start()
  await phone.page.getByRole('button', { name: 'もう一度試す' }).click()
  await phone.page.locator('.sign-in-qr').waitFor()
  await phone.context.close()
})

test('[LG65] staff without the right have no such button', async () => {
  const phone = await staffPhone(browser)
  await signIn(phone, zekken, '受付 佐藤', 'staff')
  await visit(phone.page, `${zekken.url}/staff/team/101`)
  await phone.page.locator('.team-bib').waitFor()
  expect(await button(phone.page).count()).toBe(0)
  await phone.context.close()
})

test.each([
  { language: 'ja', scheme: 'dark', viewport: sizes.phone },
  { language: 'en', scheme: 'light', viewport: sizes.desk },
] as const)('[LG65] in $language, $viewport.width wide, the console makes the same', async (look) => {
  const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
  await visit(desk.page, `${zekken.url}/admin/teams/103`)
  const link = await madeLink(desk.page)
  await expectSound(desk, 'QR in the console')
  await enterBy(link, '103')
  await desk.context.close()
})
