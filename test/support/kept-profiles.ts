import type { Browser, BrowserContext, BrowserContextOptions, CDPSession } from 'playwright'

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
const clockChanges = ['install', 'pauseAt', 'setFixedTime', 'setSystemTime']

/**
 * Profiles of one browser, used again: a closed one loses its pages and all that sites have stored in it, but knows the
 * scripts that it has fetched and compiled, which is a third of what a test with a new one costs.
 */
export function keptProfiles(browser: Browser): (wanted: BrowserContextOptions) => Promise<BrowserContext> {
  const unused = new Map<string, BrowserContext[]>()

  return async (wanted = {}) => {
    // A service worker would outlive the pages.
    if (wanted.serviceWorkers !== 'block') return await browser.newContext(wanted)
    const alike = JSON.stringify(wanted)
    const context = unused.get(alike)?.pop()
    if (context) return context
    return keep(await browser.newContext(wanted), (emptied) => {
      unused.set(alike, [...(unused.get(alike) ?? []), emptied])
    })
  }
}

function keep(context: BrowserContext, reuse: (context: BrowserContext) => void): BrowserContext {
  const ended = context.close.bind(context)
  const devtools = context.newCDPSession.bind(context)
  const visited = new Set<string>()
  let changed = false
  let closing: Promise<void> | undefined
  const note = () => {
    changed = true
  }
  tell(context, lastingChanges, note)
  tell(context.clock, clockChanges, note)
  context.on('page', (page) => page.on('framenavigated', (frame) => visited.add(frame.url())))

  async function close(): Promise<void> {
    if (changed) return await ended()
    const opened = context.newPage.bind(context)
    await Promise.all(context.pages().map((page) => page.close()))
    await context.clearCookies()
    const origins = new Set([...visited].filter((url) => url.startsWith('http')).map((url) => new URL(url).origin))
    visited.clear()
    context.newPage = async () => {
      context.newPage = opened
      closing = undefined
      const page = await opened()
      await forget(await devtools(page), origins)
      return page
    }
    reuse(context)
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

/** What sites have stored in the profile; a new page has no session storage by itself. */
async function forget(devtools: CDPSession, origins: ReadonlySet<string>): Promise<void> {
  for (const origin of origins) await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  await devtools.detach()
}
