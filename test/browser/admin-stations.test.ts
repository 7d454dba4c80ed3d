import { randomBytes } from 'node:crypto'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ulid } from '../../design-docs/ids.ts'
import { type MailServer, startMailServer } from '../post/support/mail-server.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound, expectSoundInBothSizes } from '../support/expect-sound.ts'
import { openEntries } from '../support/open-entries.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

let zekken: Zekken
let browser: Browser
let server: MailServer
let isRefused = true
beforeAll(async () => {
  zekken = await startZekken()
  browser = await sharedChromium()
  server = await startMailServer({ recipient: (to) => (isRefused && to.startsWith('nobody') ? 550 : null) })
  await openEntries(zekken, { firstNumber: 201 })
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
  await server?.kill()
})

async function enter(mail: string): Promise<void> {
  const entry = {
    name: '長良川ランナーズ',
    mail,
    classIds: ['three'],
    members: [{ name: '髙﨑 美咲', kana: 'たかさき みさき' }],
  }
  const draft = ulid(Date.now(), randomBytes(10))
  await zekken.post(`/api/events/${zekken.event}/entries`, { draft, entry, language: 'ja' })
}

const patient = { timeout: 20_000 }
const looks = [
  {
    language: 'ja',
    scheme: 'light',
    retry: 'もう一度送る',
    add: '配信局を追加',
    save: '保存',
    change: '変更',
    mailing: '確認する',
    send: /通を送る/,
  },
  {
    language: 'en',
    scheme: 'dark',
    retry: 'Send again',
    add: 'Add a station',
    save: 'Save',
    change: 'Change',
    mailing: 'Look at it first',
    send: /^Send \d/,
  },
] as const

describe.each(looks)('in $language, $scheme,', ({ language, scheme, ...says }) => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, { language, scheme })
  })
  afterAll(() => desk?.context.close())
  const button = (name: string | RegExp) => desk.page.getByRole('button', { name, exact: typeof name === 'string' })

  test('[PO43] a station is set up, tried out, and its log read; its password is not shown again', async () => {
    const { page } = desk
    await visit(page, `${zekken.url}/admin/mails/stations`)
    await button(says.add).click()
    const dialog = page.locator('dialog')
    await dialog.locator('input').first().waitFor()
    await expectSound(desk, 'new station')
    // Without a host it is refused, beside the field.
    await dialog.getByRole('button', { name: says.save, exact: true }).click()
    await dialog.locator('.problem').first().waitFor()
    const fields = dialog.locator('input:not([type=checkbox])')
    const name = `局 ${language}`
    await fields.nth(0).fill(name)
    await fields.nth(1).fill('127.0.0.1')
    await dialog.locator('select').selectOption('plain')
    await fields.nth(2).fill(String(server.port))
    await fields.nth(3).fill(`user-${language}`)
    await fields.nth(4).fill('very secret')
    await fields.nth(5).fill(`hq-${language}@run.example`)
    await dialog.getByRole('button', { name: says.save, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    const row = page.locator('tbody tr', { hasText: name }).first()
    await row.getByRole('button', { name: says.change }).click()
    expect(await dialog.locator('input[type=password]').inputValue()).toBe('')
    await expectSound(desk, 'station')
    await dialog.locator('form').nth(1).locator('button').click()
    await expect
      .poll(() => server.arrived.some(({ user, to }) => user === `user-${language}` && to.startsWith('hq-')), patient)
      .toBe(true)
    await page.keyboard.press('Escape')
    await page.locator('section', { hasText: name }).locator('.pill.ok').first().waitFor()
    await expectSoundInBothSizes(desk, 'stations')

    // How they share the load, and who hears of troubles.
    const settings = page.locator('form', { has: page.locator('h2') })
    const isFirst = language === looks[0].language
    expect(await settings.locator('.notice.warn').count()).toBe(isFirst ? 1 : 0)
    await settings.locator('select').selectOption(isFirst ? 'drain' : 'spread')
    await settings.locator('input').last().fill('no address')
    await settings.locator('button[type=submit]').click()
    await settings.locator('.problem').first().waitFor()
    await settings.locator('input').last().fill(`hq@run.example ops-${language}@run.example`)
    await settings.locator('button[type=submit]').click()
    await settings.locator('.notice.warn').waitFor({ state: 'detached' })
    await page.reload()
    await expect.poll(() => settings.locator('input').last().inputValue()).toContain(`ops-${language}@`)
    expect(await settings.locator('select').inputValue()).toBe(isFirst ? 'drain' : 'spread')
  })

  test('[PO44] everyone is written to: looked at first, then sent, and listed', async () => {
    const { page } = desk
    await enter(`all-${language}@example.org`)
    await visit(page, `${zekken.url}/admin/mails/mailings`)
    await page.locator('form input:not([type=checkbox])').fill('最終案内')
    await page.locator('textarea').fill('{team} さま\n\nhttps://run.example/map')
    await expectSoundInBothSizes(desk, 'new mailing')
    await button(says.mailing).click()
    await page.locator('.mail-text', { hasText: '長良川ランナーズ さま' }).waitFor()
    await expectSound(desk, 'preview')
    await button(says.send).click()
    await page.locator('.list .pill.ok').first().waitFor({ timeout: 20_000 })
    const read = () => server.arrived.filter(({ to }) => to === `all-${language}@example.org`)
    await expect.poll(() => read().some(({ raw }) => raw.includes('run.example/map')), patient).toBe(true)
    await expectSound(desk, 'mailings')
  })

  test('[PO45] a mail that nobody takes is among the problems, and is sent again from there', async () => {
    const { page } = desk
    await enter(`nobody-${language}@example.org`)
    await visit(page, `${zekken.url}/admin/problems`)
    await page.locator('.problem-text', { hasText: '550' }).first().waitFor({ timeout: 20_000 })
    await expectSoundInBothSizes(desk, 'problems')
    isRefused = false
    // The mailing before went to everyone, also to the address of the language before, and may be the first in the list.
    const arrives = async () => {
      const again = button(says.retry).first()
      if (await again.isVisible()) await again.click()
      return server.arrived.some(({ to }) => to === `nobody-${language}@example.org`)
    }
    await expect.poll(arrives, patient).toBe(true)
    isRefused = true
    expect(desk.complaints()).toEqual([])
  })
})
