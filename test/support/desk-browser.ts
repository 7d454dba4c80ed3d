import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { expect } from 'vitest'
import type { Zekken } from './start-zekken.ts'

export type DeskBrowser = { context: BrowserContext; page: Page; complaints(): string[] }
export type DeskLook = {
  language?: 'ja' | 'en'
  scheme?: 'light' | 'dark'
  viewport?: { width: number; height: number }
  /** IANA name; the machine's own when absent. */
  timeZone?: string
}

/** A request that fails while the link is cut, or that the server refuses on purpose, is the test's own doing. */
const expected = /net::ERR_|Failed to load resource/

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
export async function freshDesk(browser: Browser, look: DeskLook = {}): Promise<DeskBrowser> {
  const { language = 'ja', scheme = 'light', viewport = { width: 1440, height: 900 }, timeZone } = look
  const context = await browser.newContext({
    viewport,
    colorScheme: scheme,
    ...(timeZone && { timezoneId: timeZone }),
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
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

/** Nothing for axe, nothing in the browser's console, no screen wider than the window. */
export async function expectSoundScreen(desk: DeskBrowser, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: desk.page as never }).analyze()
  const findings = violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id} ${target} ${html}`))
  expect(findings, screen).toEqual([])
  const wider = await desk.page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('main')]
    return Math.max(...boxes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
  })
  expect(wider, screen).toBeLessThanOrEqual(0)
  expect(desk.complaints(), screen).toEqual([])
}
