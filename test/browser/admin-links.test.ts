import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  await playCheckins(zekken, '102', [{ checkpoint: '18', lat: 35.4378, lng: 136.7755, minutesAgo: 30 }])
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

describe.each(Object.entries(sizes))('[CB17] on a screen as large as a %s', (_, viewport) => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await openDeskBrowser(browser, zekken, { role: 'judge', name: '審査 小川' }, { viewport })
  })
  afterAll(() => desk?.context.close())

  const row = () => desk.page.locator('.ranking tbody tr')
  const path = () => desk.page.evaluate(() => location.pathname + location.search)
  const heading = () => desk.page.locator('h1').first()
  const openRankings = async () => {
    await visit(desk.page, `${zekken.url}/admin/rankings`)
    await row().filter({ hasText: '102' }).waitFor()
  }
  /** What is focused, reached by the Tab key alone. */
  const tabTo = async (href: string) => {
    for (let presses = 0; presses < 80; presses++) {
      await desk.page.keyboard.press('Tab')
      const at = await desk.page.evaluate(() => document.activeElement?.getAttribute('href'))
      if (at === href) return
    }
    throw new Error(`no Tab leads to ${href}`)
  }

  test('a team in the ranking leads to its page, and its place there leads back to it in the ranking', async () => {
    await openRankings()
    expect(await row().count()).toBeGreaterThan(1)
    await row().getByRole('link', { name: /102/ }).click()
    await heading().filter({ hasText: '102' }).waitFor()
    expect(await path()).toBe('/admin/teams/102')
    const place = desk.page.locator('.place-link')
    await place.filter({ hasText: '3時間 混合' }).click()
    await row().filter({ hasText: '102' }).waitFor()
    expect(await path()).toBe('/admin/rankings/three?team=102')
    expect(await row().count()).toBe(1)
    await desk.page.getByRole('searchbox').fill('')
    await expect.poll(() => row().count()).toBeGreaterThan(1)
    expect(desk.complaints()).toEqual([])
  })

  test('the same by keys alone, and back again by the browser', async () => {
    await openRankings()
    await tabTo('/admin/teams/102')
    await desk.page.keyboard.press('Enter')
    await heading().filter({ hasText: '102' }).waitFor()
    await tabTo('/admin/rankings/three?team=102')
    await desk.page.keyboard.press('Enter')
    await row().filter({ hasText: '102' }).waitFor()
    await desk.page.goBack()
    await heading().filter({ hasText: '102' }).waitFor()
    expect(await path()).toBe('/admin/teams/102')
    await desk.page.goBack()
    await row().filter({ hasText: '101' }).waitFor()
    expect(desk.complaints()).toEqual([])
  })

  test('[CB26] every number of a team in the ranking opens its reasons, place, confirmed check-ins and finish too', async () => {
    await openRankings()
    const team = row().filter({ hasText: '102' })
    const heads = await desk.page.locator('.ranking thead th').allTextContents()
    expect(heads).toEqual([...figures.slice(0, 1), 'チーム', ...figures.slice(1)])
    const cells = team.locator('td')
    expect(await cells.count()).toBe(figures.length)
    for (const [n, figure] of figures.entries()) {
      await cells.nth(n).getByRole('button').click()
      const dialog = desk.page.locator('dialog')
      for (const said of reasons[figure] ?? ['合計']) await dialog.getByText(said).first().waitFor()
      await desk.page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    expect(desk.complaints()).toEqual([])
  })
})

const figures = ['順位', '合計', '確定', '暫定', '審査待ち', '減点', '調整', '通過', '確定通過', '確定率', 'ゴール']
/** What explains a figure, where it is more than the sum of points. */
const reasons: Record<string, RegExp[]> = {
  順位: [/^順位 /, /先頭です|ゴールなし|少ないためです/],
  確定通過: [/^通過1件のうち、人が承認したものは0件です/],
  確定率: [/^確定率 0%/],
  ゴール: [/^ゴール –/, /^ゴールの記録はまだありません/],
}
