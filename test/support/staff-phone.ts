import type { Browser } from 'playwright'
import type { Zekken } from './start-zekken.ts'
import { visit } from './visit.ts'
import { type Look, type WatchedPage, watchedPage } from './watched-page.ts'

export type StaffPhone = WatchedPage

/** A fresh phone in its own browser profile, with camera and position allowed. */
export function staffPhone(browser: Browser, look: Look = {}): Promise<StaffPhone> {
  return watchedPage(browser, look, {
    permissions: ['camera', 'geolocation'],
    geolocation: { latitude: 35.4339, longitude: 136.7822, accuracy: 6 },
  })
}

/** Signs in by an invitation's link and waits until the phone holds the event. */
export async function signIn(
  { page }: StaffPhone,
  zekken: Zekken,
  name = '受付 佐藤',
  role: 'staff' | 'core' = 'staff',
) {
  // Core staff's own link leads to the console; at the reception they have the staff app.
  await page.goto((await zekken.invite(role, name)).replace('/admin/', '/staff/'))
  await page.locator('.sign-in .button.main').click()
  await page.locator('.stage').waitFor()
}

/** Chooses where the phone stands, by the words on the button. */
export async function standAt({ page }: StaffPhone, zekken: Zekken, place: string | RegExp) {
  await visit(page, `${zekken.url}/staff/station`)
  await page.getByRole('button', { name: place }).click()
  await page.locator('.scan-screen').waitFor()
}

/** Reads with a scanner that types instead of the camera. */
export async function useWedge({ page }: StaffPhone) {
  await page.locator('.scan-head button').click()
  await page.locator('.dialog select:has([value=wedge])').selectOption('wedge')
  await page.keyboard.press('Escape')
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
