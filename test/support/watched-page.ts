import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright'

export type WatchedPage = {
  context: BrowserContext
  page: Page
  /** What the browser's console complained of since the last look. */
  complaints(): string[]
}

export type Look = {
  language?: 'ja' | 'en'
  scheme?: 'light' | 'dark'
  viewport?: { width: number; height: number }
  /**
   * A service worker fetches the whole app once more, which costs as much as all else that a test does; who loads a page
   * without a network allows it.
   */
  workers?: 'allow' | 'block'
}

export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } } as const

/** A request that fails while the link is cut, or that is refused on purpose, is the test's own doing, not the app's. */
const expected =
  /net::ERR_|Failed to load resource|Failed to fetch$|Failed to load '.+\.wasm'|falling back to ArrayBuffer instantiation/

/** A page in a browser profile of its own, as its person likes to see it, whose console is listened to. */
export async function watchedPage(
  browser: Browser,
  { language = 'ja', scheme = 'light', viewport = sizes.phone, workers = 'block' }: Look,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const locale = language === 'ja' ? 'ja-JP' : 'en-GB'
  const own = { viewport, colorScheme: scheme, locale, serviceWorkers: workers }
  const context = await browser.newContext({ ...own, ...options })
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

/** Waits until the app would load without a network, where workers are allowed. */
export async function untilOffline({ page }: Pick<WatchedPage, 'page'>): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/** The phone is told that there may be a network again; without that it tries in growing pauses. */
export async function networkBack({ page }: Pick<WatchedPage, 'page'>): Promise<void> {
  await page.evaluate(() => void dispatchEvent(new Event('online')))
}
