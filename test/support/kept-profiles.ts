import type { EventEmitter } from 'node:events'
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright'

/** What a test changes by these lasts as long as the profile; such a one is not used again. */
const lastingChanges = [
  'addInitScript',
  'clearPermissions',
  'exposeBinding',
  'exposeFunction',
  'grantPermissions',
  'newCDPSession',
  'route',
  'setExtraHTTPHeaders',
  'setGeolocation',
  'setOffline',
]
const lastingOfPages = [
  'addInitScript',
  'emulateMedia',
  'exposeBinding',
  'exposeFunction',
  'route',
  'setExtraHTTPHeaders',
]
const clockChanges = ['install', 'pauseAt', 'setFixedTime', 'setSystemTime']

/**
 * Profiles of one browser, used again: a closed one loses all that sites have stored in it, and all its pages but one that
 * is empty, whose process knows the scripts that it has compiled. A new profile is half of what a short test costs.
 */
export function keptProfiles(browser: Browser): (wanted: BrowserContextOptions) => Promise<BrowserContext> {
  const unused = new Map<string, BrowserContext[]>()

  return async (wanted = {}) => {
    // A service worker would outlive the pages.
    if (wanted.serviceWorkers !== 'block') return await browser.newContext(wanted)
    const alike = JSON.stringify(wanted)
    const context = unused.get(alike)?.pop()
    if (context) return context
    return keep(await browser.newContext(wanted), wanted, (emptied) => {
      unused.set(alike, [...(unused.get(alike) ?? []), emptied])
    })
  }
}

function keep(
  context: BrowserContext,
  { viewport = null }: BrowserContextOptions,
  reuse: (context: BrowserContext) => void,
): BrowserContext {
  const ended = context.close.bind(context)
  const opened = context.newPage.bind(context)
  const devtools = context.newCDPSession.bind(context)
  const visited = new Map<Page, Set<string>>()
  let changed = false
  let closing: Promise<void> | undefined
  const note = () => {
    changed = true
  }
  tell(context, lastingChanges, note)
  tell(context.clock, clockChanges, note)
  context.on('page', (page) => {
    tell(page, lastingOfPages, note)
    listen(page)
  })

  function listen(page: Page): void {
    const origins = new Set<string>()
    visited.set(page, origins)
    page.on('framenavigated', (frame) => {
      if (frame.url().startsWith('http')) origins.add(new URL(frame.url()).origin)
    })
  }

  async function close(): Promise<void> {
    if (changed) return await ended()
    const [first, ...others] = context.pages()
    await Promise.all(others.map((page) => page.close()))
    await context.clearCookies()
    const origins = new Set([...visited.values()].flatMap((seen) => [...seen]))
    const alone = first !== undefined && visited.get(first)!.size < 2
    visited.clear()
    const page = alone && (await emptied(first)) ? first : undefined
    if (page) {
      await forget(await devtools(page), origins)
      listen(page)
    } else await first?.close()
    context.newPage = async () => {
      context.newPage = opened
      closing = undefined
      if (page && !page.isClosed()) return page
      const another = await opened()
      await forget(await devtools(another), origins)
      return another
    }
    reuse(context)
  }

  /** False where the page cannot be emptied: what a tab keeps for its own time only the site that it shows can clear. */
  async function emptied(page: Page): Promise<boolean> {
    // Playwright itself listens to the two by which it gives up waiting.
    const heard = (page as unknown as EventEmitter).eventNames() as string[]
    for (const name of heard.filter((one) => one !== 'close' && one !== 'crash')) page.removeAllListeners(name)
    try {
      if (page.url().startsWith('http')) await page.evaluate(() => sessionStorage.clear())
      await page.goto('about:blank')
      if (viewport) await page.setViewportSize(viewport)
      return true
    } catch {
      return false
    }
  }

  context.close = () => {
    closing ??= close()
    return closing
  }
  return context
}

/** Has `note` called whenever one of the methods is. */
function tell(object: object, methods: readonly string[], note: () => void): void {
  const calls = object as Record<string, (...args: unknown[]) => unknown>
  for (const name of methods) {
    const call = calls[name]!
    calls[name] = (...args) => {
      note()
      return call.apply(object, args)
    }
  }
}

/** What sites have stored in the profile, and the way back to them. */
async function forget(devtools: CDPSession, origins: ReadonlySet<string>): Promise<void> {
  for (const origin of origins) await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  await devtools.send('Page.resetNavigationHistory')
  await devtools.detach()
}
