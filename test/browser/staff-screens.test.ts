import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, standAt, useWedge, wedgeScan } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const looks = [
  { language: 'ja', scheme: 'light', viewport: sizes.phone, team: '101' },
  { language: 'en', scheme: 'dark', viewport: sizes.desk, team: '102' },
] as const

describe.each(looks)('in $language, $scheme, $viewport.width wide, every screen is sound:', (look) => {
  let phone: StaffPhone
  beforeAll(async () => {
    phone = await staffPhone(browser, look)
  })
  afterAll(() => phone?.context.close())
  const go = async (path: string, ready: string) => {
    await visit(phone.page, `${zekken.url}/staff/${path}`)
    await phone.page.locator(ready).first().waitFor()
  }

  test('sign-in and invitation', { timeout: 180_000 }, async () => {
    await go('', '.sign-in')
    await expectSound(phone, 'sign-in')
    await phone.page.goto(await zekken.invite('staff', '受付 佐藤'))
    await phone.page.locator('.sign-in .button.main').waitFor()
    const start = look.language === 'ja' ? '試しの大会のスタッフとして始める' : 'Start as staff at Trial event'
    expect(await phone.page.locator('.sign-in .button.main').innerText()).toBe(start)
    await expectSound(phone, 'invited')
    const pulls = Promise.withResolvers<void>()
    await phone.context.route('**/_changes*', (route) => pulls.promise.then(() => route.continue()))
    await phone.page.locator('.sign-in .button.main').click()
    await phone.page.locator('.first-sync').waitFor()
    await expectSound(phone, 'first sync')
    pulls.resolve()
    await phone.page.locator('.stage .state').waitFor()
    await phone.context.unrouteAll({ behavior: 'ignoreErrors' })
    await expectSound(phone, 'no station')
  })

  test('station, scan by camera, scan settings, keypad', { timeout: 180_000 }, async () => {
    await go('station', '.choice')
    await standAt(phone, zekken, /^34/)
    await phone.page.locator('.scan-box').waitFor()
    await expectSound(phone, 'scan')
    await phone.page.locator('.scan-head button').click()
    await phone.page.locator('.dialog').waitFor()
    await expectSound(phone, 'scan settings')
    await phone.page.keyboard.press('Escape')
    await phone.page.locator('.scan-tools .button').last().click()
    await phone.page.locator('.keypad').waitFor()
    await expectSound(phone, 'keypad')
    await phone.page.keyboard.press('Escape')
  })

  test('scanner that types, verdicts in green, amber and red, undo, members, photo', { timeout: 180_000 }, async () => {
    await useWedge(phone)
    await expectSound(phone, 'wedge')
    const text = await bibText({ dataDir: zekken.dataDir, event: zekken.event, number: look.team })
    await wedgeScan(phone, text)
    await expectSound(phone, 'verdict ok')
    const ghosts = phone.page.locator('.verdict-acts .ghost')
    await ghosts.nth(0).click()
    await phone.page.locator('.dialog').waitFor()
    await expectSound(phone, 'undo')
    await phone.page.keyboard.press('Escape')
    await ghosts.nth(2).click()
    await phone.page.locator('.ticks').waitFor()
    await expectSound(phone, 'members')
    await phone.page.keyboard.press('Escape')
    await phone.page.locator('.verdict-acts .main').click()
    await phone.page.locator('.photo-acts .main:enabled').click()
    await phone.page.locator('.finder img').waitFor()
    await expectSound(phone, 'photo taken')
    await phone.page.locator('.photo-acts .main').click()
    await phone.page.locator('.verdict').waitFor()
    await phone.page.locator('.verdict-acts .ghost').nth(1).click()
    await wedgeScan(phone, text)
    await phone.page.locator('.verdict.warn').waitFor()
    await expectSound(phone, 'verdict already here')
    await phone.page.locator('.verdict-acts .main').click()
    await phone.page.locator('.dialog').waitFor()
    await expectSound(phone, 'replace the photo')
    await phone.page.keyboard.press('Escape')
    await phone.page.locator('.dialog').waitFor({ state: 'detached' })
    await phone.page.locator('.verdict-acts .ghost').nth(1).click()
    await wedgeScan(phone, 'nothing of ours')
    await phone.page.locator('.verdict.no').waitFor()
    await expectSound(phone, 'verdict unreadable')
    await phone.page.locator('.verdict-acts .main').click()
  })

  test('search, team, reception, corrections, retirement, records, sync, nowhere', { timeout: 180_000 }, async () => {
    await go('search', 'input[type=search]:focus')
    await phone.page.keyboard.type('たかさき')
    await phone.page.locator('.list a.cover').first().waitFor()
    await expectSound(phone, 'search')
    await phone.page.locator('input[type=search]').fill('ぬぬぬ')
    await phone.page.locator('.state').waitFor()
    await expectSound(phone, 'nothing found')
    await go('team/101', '.team-bib')
    await go('team/999', '.state')
    await expectSound(phone, 'unknown team')
    await go('team/101/reception', '.ticks')
    await phone.page.getByRole('button', { name: /名前を修正する|Correct the names/ }).click()
    await phone.page.locator('form').waitFor()
    await expectSound(phone, 'corrections')
    await go('team/101', '.team-bib')
    await phone.page.getByRole('button', { name: /リタイア…|Retire…/ }).click()
    await phone.page.locator('.reasons').waitFor()
    await expectSound(phone, 'retire')
    await go('records', '.list')
    await go('sync', '.notice')
    await phone.page.getByRole('button', { name: /サインアウト…|Sign out…/ }).click()
    await phone.page.locator('.dialog').waitFor()
    await expectSound(phone, 'sign out')
    await go('nowhere', '.state')
    await expectSound(phone, 'nowhere')
  })
})

test('at twice the text size nothing is cut off sideways and the main action can be reached', async () => {
  const phone = await staffPhone(browser)
  await signIn(phone, zekken)
  await standAt(phone, zekken, /^34/)
  await useWedge(phone)
  await phone.page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.fontSize = '200%'
    })
  })
  for (const path of ['', 'search', 'team/128', 'records', 'sync', 'station']) {
    await visit(phone.page, `${zekken.url}/staff/${path}`)
    await phone.page.locator('main').waitFor()
    const over = await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(over, path).toBeLessThanOrEqual(0)
  }
  await visit(phone.page, `${zekken.url}/staff/`)
  await wedgeScan(phone, await bibText({ dataDir: zekken.dataDir, event: zekken.event, number: '128' }))
  await phone.page.locator('.verdict-acts .main').scrollIntoViewIfNeeded()
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await phone.context.close()
})
