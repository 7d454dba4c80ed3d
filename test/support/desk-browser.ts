import type { Browser } from 'playwright'
import type { Zekken } from './start-zekken.ts'
import { type Look, sizes, type WatchedPage, watchedPage } from './watched-page.ts'

export type DeskBrowser = WatchedPage
export type DeskLook = Look & {
  /** IANA name; the machine's own when absent. */
  timeZone?: string
}

/** A browser profile of its own, signed in to the desk by an invitation's link. */
export async function openDeskBrowser(
  browser: Browser,
  zekken: Zekken,
  who: { role: 'admin' | 'judge' | 'core'; name: string },
  look: DeskLook = {},
): Promise<DeskBrowser> {
  const desk = await freshDesk(browser, look)
  const { page } = desk
  await page.goto(await zekken.invite(who.role, who.name))
  await page.locator('.sign-in .button.main').click()
  await page.locator('.link-state .dot:not(.off)').waitFor()
  return desk
}

/** A browser profile of its own that has not been anywhere. */
export function freshDesk(browser: Browser, { timeZone, ...look }: DeskLook = {}): Promise<DeskBrowser> {
  return watchedPage(browser, { viewport: sizes.desk, ...look }, { ...(timeZone && { timezoneId: timeZone }) })
}
