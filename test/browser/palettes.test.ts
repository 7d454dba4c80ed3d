import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { stripes } from '../functions/make-palettes.ts'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound, expectSoundInBothSizes } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, useWedge, wedgeScan } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { joinTeam, type TeamPhone } from '../support/team-phone.ts'
import { sizes, untilOffline } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

let zekken: Zekken
let browser: Browser
let desk: DeskBrowser
let staff: StaffPhone
let team: TeamPhone
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  const admin = { role: 'admin', name: '本部 田中' } as const
  ;[desk, staff, team] = await Promise.all([
    openDeskBrowser(browser, zekken, admin, { language: 'en', scheme: 'light', viewport: sizes.desk }),
    staffPhone(browser, { language: 'en', scheme: 'dark', workers: 'allow' }),
    staffPhone(browser, { language: 'ja', scheme: 'light', workers: 'allow' }),
  ])
  await Promise.all([signIn(staff, zekken, 'コーナー 林', 'core'), joinTeam(team, zekken, '101')])
  await Promise.all([team, staff].map(untilOffline))
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const press = ({ page }: Pick<StaffPhone, 'page'>, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click()

test('[PN9] a picture at the console becomes a palette; a corner gives it without a server; the portrait on the team’s phone takes its colours', async () => {
  const { page } = desk
  await page.goto(`${zekken.url}/admin/palettes`)
  await page.getByText('No palettes yet').waitFor()
  const picture = page.locator('input[type=file]')
  await picture.setInputFiles({ name: 'sea.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await page.getByLabel('Name (English)').fill('Sunset')
  await press(desk, 'Make it')
  await page.locator('.toast', { hasText: 'This picture cannot be used' }).waitFor()
  const sunset = await stripes('crimson', 'gold', 'navy')
  await picture.setInputFiles({ name: 'sunset.png', mimeType: 'image/png', buffer: sunset })
  await press(desk, 'Make it')
  await page.locator('.palette-list .swatches span').nth(2).waitFor()
  expect(await page.locator('.palette-list .swatches').getAttribute('aria-label')).toMatch(/Sunset: .*red 33%/)
  await expectSoundInBothSizes(desk, 'a palette')
  await press(desk, 'Show Sunset')
  await page.locator('.palette-list .pill', { hasText: 'Shown' }).waitFor()

  // The team sees what there is to collect, and the corner is to be chosen.
  await team.page.locator('a[href="/team/palettes"]').click({ timeout: 60_000 })
  await team.page.getByText('肖像はまだありません').waitFor()
  await team.page.locator('.palette-row .swatches').waitFor()
  await expectSound(team, 'palettes to collect')
  await staff.page.goto(`${zekken.url}/staff/station`)
  await staff.page.getByRole('button', { name: /Sunset/ }).click({ timeout: 60_000 })
  await staff.page.locator('.scan-screen').waitFor()
  await useWedge(staff)

  // Given and photographed while the server is gone.
  const text = await bibText({ dataDir: zekken.dataDir, event: zekken.event, number: '101', issue: 1 })
  await zekken.stop('SIGKILL')
  await wedgeScan(staff, text)
  await staff.page.getByText('Palette given').waitFor()
  await expectSound(staff, 'a palette given')
  await press(staff, 'Take it back')
  await staff.page.getByText('Scanned by mistake').click()
  await press(staff, 'Undo it')
  await staff.page.getByText('Taken back', { exact: true }).first().waitFor()
  await press(staff, 'Next scan')
  await wedgeScan(staff, text)
  await staff.page.getByText('Palette given').waitFor()
  await press(staff, 'Take a portrait')
  await press(staff, 'Take photo')
  await press(staff, 'Use this photo')
  await staff.page.getByText('taken here, not sent yet').waitFor()
  await press(staff, 'Take another')
  await staff.page.locator('dialog').waitFor()
  await expectSound(staff, 'a portrait is there already')
  await press(staff, 'Keep the old photo')

  await zekken.start()
  await staff.page.evaluate(() => dispatchEvent(new Event('online')))
  await staff.page.getByText('the server has it').waitFor({ timeout: 60_000 })
  // Nobody touches the team's phone: it updates while it is looked at.
  await team.page.locator('.compare img.over').waitFor({ timeout: 90_000 })
  await team.page.getByText('すべて集めました').waitFor()
  await expectSound(team, 'a portrait in its colours')
  const slider = team.page.locator('.compare input')
  await slider.focus()
  await team.page.keyboard.press('ArrowRight')
  expect(await slider.inputValue()).toBe('51')
  const download = team.page.waitForEvent('download')
  await team.page.getByRole('button', { name: '保存する', exact: true }).click()
  const saved = await readFile(await (await download).path())
  expect([...saved.subarray(0, 2)]).toEqual([0xff, 0xd8])
  // As large as it was taken, by a link that opens nothing a second time.
  const opened = team.page.waitForResponse((answer) => answer.url().includes('/i/'))
  const whole = team.page.waitForEvent('download')
  await press(team, '大きいサイズで保存する')
  const large = await readFile(await (await whole).path())
  const width = async (bytes: Buffer) => (await sharp(bytes).metadata()).width
  expect(await width(large)).toBeGreaterThan(await width(saved))
  const used = (await opened).url()
  expect(await team.page.evaluate(async (url) => (await fetch(url)).status, used)).toBe(404)

  // Fetched when they come into sight.
  await page.locator('.visitor-list .palette-pictures').scrollIntoViewIfNeeded()
  await page.locator('.visitor-list img').nth(1).waitFor({ timeout: 60_000 })
  await expectSoundInBothSizes(desk, 'visitors')
  await press(desk, 'Paint anew 101')
  await page.locator('.toast', { hasText: 'painted anew' }).waitFor()

  await zekken.stop('SIGKILL')
  await team.page.reload()
  await team.page.locator('.compare img.over').waitFor()
})
