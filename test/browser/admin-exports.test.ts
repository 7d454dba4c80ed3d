import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await startZekken()
  browser = await sharedChromium()
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
    await visit(desk.page, `${zekken.url}/admin/exports?class=three&words=102`)
    await desk.page.locator('.exports option[value="18"]').waitFor({ state: 'attached' })
  })
  afterAll(() => desk?.context.close())
  const field = (n: number) => desk.page.locator('.exports select').nth(n)
  async function saved() {
    const [file] = await Promise.all([
      desk.page.waitForEvent('download'),
      desk.page.locator('.exports .button.main').click(),
    ])
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
  }

  test('[XP15] what is chosen is made, saved and said to be', async () => {
    await expectSound(desk, 'exports')
    const { name, bytes } = await saved()
    expect(name).toBe(`${zekken.event}-results.csv`)
    const text = bytes.toString('utf8')
    expect(text.trim().split('\r\n')).toHaveLength(2)
    expect(text).toContain("O'Brien & 仲間たち")
    await desk.page.locator('.exports .notice[role=status]', { hasText: name }).waitFor()
    await field(0).selectOption('checkpoints')
    await field(1).selectOption('xml')
    expect((await saved()).bytes.toString('utf8')).toContain('<CourseData')
  })

  test('[XP15] what Shift_JIS lacks is named, and the ways out are offered', async () => {
    await field(0).selectOption('results')
    await field(1).selectOption('csv')
    await field(3).selectOption('shift-jis')
    await desk.page.locator('.exports .button.main').click()
    const lost = desk.page.locator('.exports .notice.warn')
    await lost.locator('li', { hasText: '𠮷田' }).waitFor()
    await expectSound(desk, 'characters that are not there')
    const [file] = await Promise.all([desk.page.waitForEvent('download'), lost.locator('.button').nth(1).click()])
    const text = new TextDecoder('shift_jis').decode(await readFile(await file.path()))
    expect(text).toContain('&#134071;田')
    expect(text).toContain('髙﨑')
  })

  test('[XP15] the words of certificates are the organizers’ own', async () => {
    const part = desk.page.locator('.certificate')
    await part.locator('summary').click()
    const text = part.locator('textarea').nth(look.language === 'ja' ? 1 : 4)
    await text.fill(`{team}\n${look.language}`)
    await part.locator('button[type=submit]').click()
    await desk.page.locator('.toast').waitFor()
    await expectSound(desk, 'certificates')
    const template = (await zekken.get(`/api/events/${zekken.event}/certificate`, 'admin')) as { text: object }
    expect(template.text).toMatchObject({ [look.language]: `{team}\n${look.language}` })
    expect(desk.complaints()).toEqual([])
  })
})
