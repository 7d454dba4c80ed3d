import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TeamPage } from '../../design-docs/console.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { decide } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
const shrine = { checkpoint: '18', lat: 35.4378, lng: 136.7755 }
const far = { ...shrine, lat: 35.4386 }

beforeAll(async () => {
  zekken = await startZekken()
  browser = await sharedChromium()
  for (const team of ['101', '102', '103'])
    await playCheckins(zekken, team, [{ ...far, minutesAgo: Number(team) - 60 }])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const rule = (team: string, status: 'disqualified' | 'registered') =>
  decide(zekken, { kind: 'ruling', team, status, reason: 'cut short' })

describe.each([
  { language: 'ja', scheme: 'light', viewport: sizes.desk, many: 'まとめて判定', look: '影響を見る' },
  { language: 'en', scheme: 'dark', viewport: sizes.phone, many: 'Decide many', look: 'Look at the effect' },
] as const)('decisions and disputes ($language, $viewport.width)', ({ many, look, ...how }) => {
  let desk: DeskBrowser
  const go = async (path: string, shown: string) => {
    await visit(desk.page, `${zekken.url}/admin/${path}`)
    await desk.page.locator(shown).first().waitFor()
  }
  beforeAll(async () => {
    desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '管理 森' }, how)
  })
  afterAll(() => desk?.context.close())

  test('[CB30] many are decided at once, with the count before and after, and taken back', async () => {
    const { page } = desk
    await go('review?filter=PENDING', '.review')
    await page.getByRole('button', { name: many }).click()
    const dialog = page.locator('dialog')
    await dialog.getByText('3').first().waitFor()
    await expectSound(desk, `bulk ${how.language}`)
    await dialog.locator('.button.approve').click()
    await dialog.getByText(/3件を判定しました|3 decided/).waitFor()
    await dialog.getByRole('button', { name: /まとめて取り消す|Take all back/ }).click()
    await dialog.getByText(/元に戻しました|as they were/).waitFor()
    await page.keyboard.press('Escape')
  })

  test('[CB31] a check-in tells what happened to it, and is moved after a look at the effect', async () => {
    const { page } = desk
    await go('review?filter=PENDING', '.evidence .history')
    expect(await page.locator('.evidence .history li').count()).toBeGreaterThan(2)
    await expectSound(desk, `history ${how.language}`)
    await page.getByRole('button', { name: /^(移す|Move)$/ }).click()
    const dialog = page.locator('dialog')
    const [reason] = [dialog.locator('form input').last()]
    await reason.fill('typing error')
    await dialog.getByRole('button', { name: look }).click()
    await dialog.getByText(/どちらかを変えてください|Change one of the two/).waitFor()
    await dialog.locator('select').selectOption({ index: 1 })
    await dialog.getByRole('button', { name: look }).click()
    await dialog.getByRole('button', { name: /この内容で記録する|Record it/ }).waitFor()
    await dialog
      .getByText(/変わります|change|チーム|teams/)
      .first()
      .waitFor()
    await expectSound(desk, `move ${how.language}`)
    await page.keyboard.press('Escape')
  })

  test('[CB32] real times for a wave are tried, saved, and taken back', async () => {
    const { page } = desk
    await go('disputes/times', 'form')
    await page.locator('textarea').fill('101、102 999')
    await page.getByRole('button', { name: look }).click()
    await page.getByText(/999/).last().waitFor()
    await page.locator('textarea').fill('101、102')
    await page.locator('input[type=datetime-local]').fill('2026-05-03T10:15')
    await page.locator('form input:not([type])').last().fill('late bus')
    await expectSound(desk, `times ${how.language}`)
    await page.getByRole('button', { name: look }).click()
    await page.getByRole('button', { name: /この内容で記録する|Record it/ }).click()
    await page.getByText(/2チームの時刻|Times of 2 teams/).waitFor()
    await page.getByRole('button', { name: /^(取り消す|Take back)$/ }).click()
    await page.getByText(/2チームの時刻|Times of 2 teams/).waitFor({ state: 'detached' })
  })

  test('[CB32] a whole class is given a finish by hand, and what was recorded holds again', async () => {
    const { page } = desk
    const goals = async () =>
      await Promise.all(
        ['101', '102', '103'].map(async (team) => {
          const { card } = (await zekken.get(`/api/events/${zekken.event}/teams/${team}`)) as TeamPage
          return card?.goalAt ?? null
        }),
      )
    const record = async (fill: () => Promise<unknown>) => {
      await go('disputes/times', 'form')
      for (const one of await page.locator('fieldset.choices .button').all()) await one.click()
      expect(await page.locator('textarea').inputValue()).toMatch(/101.*102.*103/)
      await page.locator('form select').selectOption('finish')
      await fill()
      await page.locator('form input:not([type])').last().fill('clock stood still')
      await page.getByRole('button', { name: look }).click()
      await page.getByRole('button', { name: /この内容で記録する|Record it/ }).click()
      await page.getByText(/\d+チームの時刻|Times of \d+ teams/).waitFor()
    }
    await record(() => page.locator('input[type=datetime-local]').fill('2026-05-03T15:00'))
    const at = Date.parse('2026-05-03T15:00:00+09:00')
    await expect.poll(goals).toEqual([at, at, at])
    await record(() => page.locator('form input[type=checkbox]').check())
    await expect.poll(goals).toEqual([null, null, null])
  })

  test('[CB33] who is out is listed until somebody says that they are back', async () => {
    const { page } = desk
    await go('out', 'main li')
    const before = await page.locator('main li').count()
    // A ruling brings nobody home.
    const last = page.locator('main li', { hasText: '101' })
    await rule('101', 'disqualified')
    await last.getByText(/^(?:失格|Disqualified)$/).waitFor()
    expect(await page.locator('main li').count()).toBe(before)
    await expectSound(desk, `out ${how.language}`)
    await page
      .locator('main li .button')
      .filter({ hasText: /帰着を確認|Is back/ })
      .first()
      .click()
    await page.locator('dialog .button.main').click()
    await expect.poll(() => page.locator('main li').count()).toBe(before - 1)
    await rule('101', 'registered')
  })

  test('[CB34] protests, double scans, counts and the log are there, and sound', async () => {
    const { page } = desk
    await go('disputes/protests', '.state')
    await expectSound(desk, `protests ${how.language}`)
    await go('disputes/doubles', '.state, .table')
    await expectSound(desk, `doubles ${how.language}`)
    await go('disputes/counts', '.table')
    await expectSound(desk, `counts ${how.language}`)
    await go('audit', '.table')
    await page.locator('.filled-row select').nth(1).selectOption('decided')
    await page.locator('.table tbody tr').first().waitFor()
    await expectSound(desk, `audit ${how.language}`)
  })
})
