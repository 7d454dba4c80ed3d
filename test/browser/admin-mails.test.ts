import { randomBytes } from 'node:crypto'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ulid } from '../../design-docs/ids.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { openEntries } from '../support/open-entries.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  await openEntries(zekken, { firstNumber: 201 })
  const entry = {
    name: "O'Brien <b>& 仲間たち",
    mail: 'runner@example.org',
    classIds: ['three'],
    members: [{ name: '髙﨑 美咲', kana: 'たかさき みさき' }],
  }
  const draft = ulid(Date.now(), randomBytes(10))
  await zekken.post(`/api/events/${zekken.event}/entries`, { draft, entry, language: 'ja', wantsCopy: true })
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const looks = [
  { language: 'ja', scheme: 'light', viewport: { width: 1440, height: 900 } },
  { language: 'en', scheme: 'dark', viewport: { width: 390, height: 844 } },
] as const

describe.each(looks)('in $language, $scheme, $viewport.width wide,', (look) => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
  })
  afterAll(() => desk?.context.close())

  test('[PO12] the reply to an entry is in the mailbox on screen, with its QR and a link that opens the entry', async () => {
    const { page } = desk
    await visit(page, `${zekken.url}/admin/mails`)
    await page.locator('.list .pill.ok').waitFor()
    await expectSound(desk, 'mails')
    await page.locator('.list .button').click()
    const dialog = page.locator('dialog')
    await dialog.getByText('runner@example.org', { exact: true }).waitFor()
    await expectSound(desk, 'mail')
    const width = await dialog.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)
    expect(width).toBeGreaterThan(100)
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      dialog.locator('.mail-text a').first().click(),
    ])
    await opened.locator('.own-number', { hasText: '201' }).waitFor()
    await opened.close()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(desk.complaints()).toEqual([])
  })
})
