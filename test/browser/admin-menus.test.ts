import type { Browser } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { joinTeam } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { sizes, watchedPage } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

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

test.each([
  { language: 'ja', scheme: 'light', viewport: sizes.phone },
  { language: 'en', scheme: 'dark', viewport: sizes.desk },
] as const)(
  '[MN9] in $language, the console takes a menu from a role and gives it back; a clash is shown',
  async (look) => {
    const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
    const { page } = desk
    await visit(page, `${zekken.url}/admin/setup/menus`)
    await page.getByLabel(/^(?:役割|Role)$/).selectOption('core')
    const search = page.getByLabel(/^(?:検索|Search)$/)
    const save = page.getByRole('button', { name: /^(?:保存|Save)$/ })
    await expectSound(desk, 'menus')
    const teams = () =>
      zekken.get(`/api/events/${zekken.event}/teams`, 'core').then(
        () => 'given',
        (error: unknown) => (String(error).includes('ZK-AUTH-002') ? 'refused' : String(error)),
      )
    expect(await teams()).toBe('given')
    await search.uncheck()
    await save.click()
    await expect.poll(teams, { timeout: 20_000 }).toBe('refused')
    await page.reload()
    await page.getByLabel(/^(?:役割|Role)$/).selectOption('core')
    expect(await search.isChecked()).toBe(false)

    const path = `/api/events/${zekken.event}/menus`
    const { masks, _rev } = (await zekken.get(path)) as { masks: object; _rev: string }
    const headers = { authorization: `Bearer ${await zekken.token('admin')}`, 'content-type': 'application/json' }
    await fetch(zekken.url + path, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ masks: { ...masks, staff: 1 }, _rev }),
    })
    await search.check()
    await save.click()
    await page.getByText(/他の人が先に変更しました|Someone else changed this/).waitFor()
    await expectSound(desk, 'clash')
    expect(await search.isChecked()).toBe(false)
    await search.check()
    await save.click()
    await expect.poll(teams, { timeout: 20_000 }).toBe('given')
    await desk.context.close()
  },
)

test.each([
  { language: 'ja', scheme: 'dark', viewport: sizes.desk, number: '058-272-1111' },
  { language: 'en', scheme: 'light', viewport: sizes.phone, number: '+81 58 272 2222' },
] as const)(
  '[SE5] in $language, a telephone number set in the console is on a phone in use soon after',
  async ({ number, ...look }) => {
    const phone = await watchedPage(browser, { language: look.language })
    await joinTeam(phone, zekken, '101')
    await phone.page.getByRole('button', { name: /^(?:助けを呼ぶ|Call for help)$/ }).click()
    const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
    await visit(desk.page, `${zekken.url}/admin/setup/settings`)
    const part = desk.page.locator('form.sheet').first()
    await part.locator('input').fill('call me')
    await part.locator('.problem').waitFor()
    await expectSound(desk, 'settings')
    await part.locator('input').fill(number)
    await part.locator('button.main').click()
    await part.getByText(/本部 管理者/).waitFor()
    await phone.page.getByRole('link', { name: number }).waitFor({ timeout: 20_000 })
    await expectSound(phone, 'help with a number')
    await part.locator('button').last().click()
    await phone.page.getByRole('link', { name: number }).waitFor({ state: 'detached', timeout: 20_000 })
    await desk.context.close()
    await phone.context.close()
  },
)

test('[SE5] so are the size of photos and the time to turn back, by a phone that is on its screen', async () => {
  const set = (key: string, value: unknown) =>
    zekken.put(`/api/events/${zekken.event}/settings/${key}`, { value, _rev: null })
  const phone = await watchedPage(browser, { language: 'en' })
  const { page } = phone
  await playCheckins(zekken, '103', [{ checkpoint: 'S', lat: 35.4331, lng: 136.7727, minutesAgo: 50 }])
  await joinTeam(phone, zekken, '103')
  // 120 of 180 minutes are left.
  await page.getByText('Visit the checkpoints').waitFor()
  await set('return.before', 240)
  await page.getByText('Time to turn back').waitFor({ timeout: 20_000 })
  await expectSound(phone, 'told to turn back')

  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await page.locator('.bar a[href="/team/check-in"]').click()
  await page.locator('.place').first().click()
  const drawn = await sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#2a6' } })
    .jpeg()
    .toBuffer()
  const widthOfChosen = async () => {
    await page.locator('input[type=file]').setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: drawn })
    const shot = page.locator('main img').first()
    await shot.waitFor()
    const width = await shot.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))
    await page.getByRole('button', { name: 'Take it again' }).click()
    return width
  }
  expect(await widthOfChosen()).toBe(1920)
  await set('photo.side', 640)
  await expect.poll(widthOfChosen, { timeout: 20_000 }).toBe(640)
  expect(phone.complaints()).toEqual([])
  await phone.context.close()
})
