import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TeamBib } from '../../design-docs/console.ts'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { readQr } from '../support/read-qr.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

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
  { language: 'ja', scheme: 'dark', viewport: { width: 390, height: 844 }, team: '101' },
  { language: 'en', scheme: 'light', viewport: { width: 1440, height: 900 }, team: '102' },
] as const

describe('the bib in the console', () => {
  test.each(looks)(
    '[CB13] in $language, $viewport.width wide, reads off the screen and off its page; reissued it has the next issue',
    async (look) => {
      const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
      const { page } = desk
      const known = async () => (await zekken.get(`/api/events/${zekken.event}/teams/${look.team}/bib`)) as TeamBib
      await visit(page, `${zekken.url}/admin/teams/${look.team}`)
      await page.locator('.page-head .button').click()
      await page.locator('.bib-code').waitFor()
      await expectSound(desk, 'bib')
      expect(await page.locator('.bib-number').textContent()).toBe(look.team)
      expect(await readQr(await page.locator('.bib-code').screenshot())).toBe((await known()).text)

      const paper = await page.pdf({ format: 'A5' })
      expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
      await page.emulateMedia({ media: 'print' })
      expect(await readQr(await page.screenshot())).toBe((await known()).text)
      expect(await page.locator('h1').first().isVisible()).toBe(false)
      await page.emulateMedia({ media: 'screen' })

      await page.locator('dialog .button.wide').first().click()
      await page.locator('dialog .button.refuse').waitFor()
      await expectSound(desk, 'reissue')
      await page.locator('dialog .button.refuse').click()
      await page.locator('.bib-issue', { hasText: '2' }).waitFor()
      const next = await known()
      expect(next).toMatchObject({ issue: 2, revoked: false })
      expect(await readQr(await page.locator('.bib-code').screenshot())).toBe(next.text)
      await desk.context.close()
    },
    120_000,
  )
})
