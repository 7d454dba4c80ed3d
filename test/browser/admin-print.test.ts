import { readFile } from 'node:fs/promises'
import type { Browser, Locator } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OutsideServer, outsideServer } from '../external/outside-server.ts'
import { readPdf } from '../print/read-pdf.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { openEntries } from '../support/open-entries.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

let zekken: Zekken
let browser: Browser
let outside: OutsideServer
beforeAll(async () => {
  outside = await outsideServer()
  zekken = await startZekken({}, { env: { EXTERNAL_URL: outside.url } })
  browser = await sharedChromium()
  await openEntries(zekken, { firstNumber: 201 })
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
  await outside?.close()
})

const looks = [
  { language: 'ja', scheme: 'light', viewport: { width: 1440, height: 900 } },
  { language: 'en', scheme: 'dark', viewport: { width: 390, height: 844 } },
] as const

/** What the browser is given to save when the part's button is pressed. */
async function saved({ page }: DeskBrowser, part: Locator) {
  const [file] = await Promise.all([page.waitForEvent('download'), part.locator('.button.main').click()])
  return { name: file.suggestedFilename(), pdf: await readPdf(new Uint8Array(await readFile(await file.path()))) }
}

describe.each(looks)('in $language, $scheme, $viewport.width wide,', (look) => {
  let desk: DeskBrowser
  const part = (n: number) => desk.page.locator('section.sheet:not(.papers)').nth(n)
  beforeAll(async () => {
    desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
    await visit(desk.page, `${zekken.url}/admin/print`)
    await part(0).locator('.sheet-preview').waitFor()
    await part(2).locator('.sheet-preview').waitFor()
  })
  afterAll(() => desk?.context.close())

  test('[PR10] bibs are chosen, looked at and saved as a PDF', async () => {
    await expectSound(desk, 'print')
    await part(0).locator('input').fill('101-102、999')
    await part(0).locator('.problem', { hasText: '999' }).waitFor()
    await part(0).locator('select').nth(1).selectOption('8')
    expect(
      await part(0)
        .locator('.sheet-preview text', { hasText: /^10[12]$/ })
        .count(),
    ).toBe(2)
    await expectSound(desk, 'bibs chosen')
    const { name, pdf } = await saved(desk, part(0))
    await desk.page.locator('.papers .jobs > li .pill.ok').first().waitFor()
    await expectSound(desk, 'bibs made')
    expect(name).toBe(`${zekken.event}-bibs.pdf`)
    expect(pdf.pages).toBe(1)
    expect((await pdf.texts(1)).join(' ')).toContain("O'Brien & 仲間たち")
    await part(0).locator('input').fill('999')
    await part(0).locator('.state').waitFor()
    await expectSound(desk, 'no bib')
  })

  test('[WI8] blank bibs are saved and listed, and others’ numbers are named', async () => {
    const [first] = look.language === 'ja' ? [901] : [1001]
    const from = part(1).locator('input').nth(0)
    await expect.poll(() => from.inputValue()).toBe(String(first))
    await part(1).locator('input').nth(1).fill('5')
    const { name, pdf } = await saved(desk, part(1))
    expect([name, pdf.pages]).toEqual([`${zekken.event}-blank-bibs.pdf`, 2])
    expect(await pdf.texts(2)).toContain(String(first! + 4))
    await part(1)
      .locator('li', { hasText: String(first) })
      .waitFor()
    await from.fill('100')
    await part(1).locator('.button.main').click()
    await desk.page.locator('.toast', { hasText: '101' }).waitFor()
    await expectSound(desk, 'blank bibs')
  })

  test('[PS6] posters of every kind are shown as they will be printed', async () => {
    const kind = part(2).locator('select').nth(0)
    const { name, pdf } = await saved(desk, part(2))
    expect([name, pdf.pages]).toEqual([`${zekken.event}-posters.pdf`, 4])
    await kind.selectOption('entry')
    await part(2)
      .locator('.sheet-preview text', { hasText: `/enter/${zekken.event}` })
      .waitFor()
    await kind.selectOption('wifi')
    await part(2).locator('.state').waitFor()
    await part(2).locator('input').nth(0).fill('二条 venue')
    await part(2).locator('input').nth(1).fill('short')
    expect(await part(2).locator('.button.main').isDisabled()).toBe(true)
    await part(2).locator('input').nth(1).fill('long enough')
    await part(2).locator('.sheet-preview text', { hasText: 'long enough' }).waitFor()
    await expectSound(desk, 'posters')
    expect((await saved(desk, part(2))).pdf.pages).toBe(1)
  })

  test('[EX16] a team’s page shows what the external system knows, and has it told again', async () => {
    const { page } = desk
    await expect.poll(() => outside.done.size, { timeout: 20_000 }).toBeGreaterThanOrEqual(4)
    await visit(page, `${zekken.url}/admin/teams/102`)
    const sheet = page.locator('section.sheet', { hasText: 'EXT-102' })
    await sheet.waitFor()
    await sheet.locator('.pill.ok').waitFor()
    await expectSound(desk, 'external system')
    const before = outside.heard.length
    await sheet.locator('.button').click()
    await expect.poll(() => outside.heard.length, { timeout: 10_000 }).toBe(before + 1)
    expect(outside.heard.at(-1)?.body.team_name).toBe("O'Brien & 仲間たち")
    expect(desk.complaints()).toEqual([])
  })
})
