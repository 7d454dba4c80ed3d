import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { expect } from 'vitest'
import type { Zekken } from './start-zekken.ts'

export type StaffPhone = {
  context: BrowserContext
  page: Page
  /** What the browser's console complained of since the last look. */
  complaints(): string[]
}

type PhoneLook = {
  language?: 'ja' | 'en'
  scheme?: 'light' | 'dark'
  viewport?: { width: number; height: number }
  /** A request that a test answers itself must not pass through a service worker. */
  workers?: 'allow' | 'block'
}

export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } } as const

/** A request that fails while the server is gone is the test's own doing, not the app's. */
const expected = /net::ERR_|Failed to load resource/

/** A fresh phone in its own browser profile, with camera and position allowed. */
export async function staffPhone(browser: Browser, look: PhoneLook = {}): Promise<StaffPhone> {
  const { language = 'ja', scheme = 'light', viewport = sizes.phone, workers = 'allow' } = look
  const context = await browser.newContext({
    viewport,
    serviceWorkers: workers,
    colorScheme: scheme,
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    permissions: ['camera', 'geolocation'],
    geolocation: { latitude: 35.4339, longitude: 136.7822, accuracy: 6 },
  })
  const page = await context.newPage()
  let said: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(String(error)))
  return {
    context,
    page,
    complaints() {
      const now = said
      said = []
      return now
    },
  }
}

/** Signs in by an invitation's link and waits until the phone holds the event. */
export async function signIn(
  { page }: StaffPhone,
  zekken: Zekken,
  name = '受付 佐藤',
  role: 'staff' | 'core' = 'staff',
) {
  await page.goto(await zekken.invite(role, name))
  await page.locator('.sign-in .button.main').click()
  await page.locator('.stage').waitFor()
}

/** Chooses where the phone stands, by the words on the button. */
export async function standAt({ page }: StaffPhone, zekken: Zekken, place: string | RegExp) {
  await page.goto(`${zekken.url}/staff/station`)
  await page.getByRole('button', { name: place }).click()
  await page.locator('.scan-screen').waitFor()
}

/** Reads with a scanner that types instead of the camera. */
export async function useWedge({ page }: StaffPhone) {
  await page.evaluate(() => localStorage.setItem('zekken.source', '"wedge"'))
  await page.reload()
  await page.locator('.wedge.hears').waitFor()
}

/** Types as such a scanner does, and waits for the verdict. */
export async function wedgeScan({ page }: StaffPhone, text: string) {
  await page.locator('.wedge.hears').waitFor()
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
  await page.locator('.verdict').waitFor()
}

/** Takes a number by the keypad. */
export async function numberScan({ page }: StaffPhone, number: string) {
  await page.locator('.scan-tools .button').last().click()
  await page.locator('.keypad-number').fill(number)
  await page.keyboard.press('Enter')
  await page.locator('.verdict').waitFor()
}

/** What axe finds wrong with the screen, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
  )
}

/** No screen scrolls sideways, no console error, nothing for axe. */
export async function expectSound(phone: StaffPhone, screen: string): Promise<void> {
  const { page } = phone
  expect(await axeFindings(page), screen).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), screen).toBeLessThanOrEqual(0)
  expect(phone.complaints(), screen).toEqual([])
}
