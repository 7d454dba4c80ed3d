import type { Page } from 'playwright'

/**
 * Goes to another screen of the app that is open, as its own links do; where none is open, or the screen stays the same
 * one for another team, the page is loaded. A load costs seven times what a change of screens does: tests of what
 * outlives one say `reload`.
 */
export async function visit(page: Page, url: string): Promise<void> {
  if (!(await page.evaluate(follow, url).catch(() => false))) await page.goto(url)
}

/** Runs in the page: answers whether all that `main` held was replaced. */
async function follow(url: string): Promise<boolean> {
  const aim = new URL(url)
  const app = (path: string) => path.split('/')[1]
  const left = [...document.querySelectorAll('main > *')]
  const open = aim.origin === location.origin && app(aim.pathname) === app(location.pathname)
  const covered = document.querySelector('dialog[open], nav.open') !== null
  if (!open || covered || left.length === 0 || aim.hash) return false
  const link = Object.assign(document.createElement('a'), { href: aim.pathname + aim.search })
  document.body.append(link)
  link.click()
  link.remove()
  const isReplaced = await new Promise<boolean>((resolve) => {
    const look = () => {
      if (!left.some((one) => one.isConnected)) resolve(true)
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
    look()
    setTimeout(() => resolve(false), 500)
  })
  return isReplaced && location.href === url
}
