import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { keepKnownContrasts, trustKnownContrasts } from './known-contrasts.ts'
import { sizes, type WatchedPage } from './watched-page.ts'

declare const window: { axe?: { run(root: Document, options: RunOptions): Promise<AxeResults> } }

/** Nothing for axe, nothing in the browser's console, no screen wider than the window, no text pressed into a column. */
export async function expectSound(watched: WatchedPage, screen: string): Promise<void> {
  const { page } = watched
  expect(await axeFindings(page), screen).toEqual([])
  expect(await tooWide(page), screen).toBeLessThanOrEqual(0)
  expect(await squeezed(page), screen).toEqual([])
  expect(watched.complaints(), screen).toEqual([])
}

/** The same, looked at as wide as a desk and as narrow as a phone. */
export async function expectSoundInBothSizes(watched: WatchedPage, screen: string): Promise<void> {
  const before = watched.page.viewportSize() ?? sizes.desk
  for (const [name, size] of Object.entries(sizes)) {
    await watched.page.setViewportSize(size)
    await expectSound(watched, `${screen}, ${name}`)
  }
  await watched.page.setViewportSize(before)
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with the screen by all the rules it runs by itself, one line each. */
async function axeFindings(page: Page): Promise<string[]> {
  // Reading half a megabyte of script takes longer than the search: once a document is enough, for no app has frames.
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axeSource)
  await trustKnownContrasts(page)
  const found = await page.evaluate(async () => {
    // What still fades in has not its colours yet.
    const moves = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(moves.map((one) => one.finished.catch(() => undefined)))
    // The one rule that wants something read beforehand wants media; style sheets are read anew for none of them.
    const preload = { assets: ['media'] }
    const { violations } = await window.axe!.run(document, { resultTypes: ['violations'], preload })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, failureSummary }) => `${id} ${target} ${html} ${failureSummary}`),
    )
  })
  await keepKnownContrasts(page)
  return found
}

/** Pixels by which the page or a part that scrolls by itself is wider than what is seen of it. */
function tooWide(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('main')]
    return Math.max(...boxes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
  })
}

/** Texts that break after a letter or two, or go on for many short lines: something beside them takes their room. */
function squeezed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    const range = document.createRange()
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.nodeValue?.trim() ?? ''
      // Below an icon of the bar there is room for two letters where text is twice as large.
      if (
        text.length < 2 ||
        node.parentElement?.closest('.bar') ||
        !node.parentElement?.checkVisibility({ visibilityProperty: true })
      )
        continue
      range.selectNodeContents(node)
      const written = /^pre/.test(getComputedStyle(node.parentElement).whiteSpace) ? text.split('\n').length - 1 : 0
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size - written
      const letters = text.length / lines
      if ((lines > 1 && letters < 2.5) || (lines > 5 && letters < 5)) found.push(text)
    }
    return found
  })
}
