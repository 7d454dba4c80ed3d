import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes, type WatchedPage, watchedPage } from '../support/watched-page.ts'

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

async function enterWith(phone: WatchedPage, id: string, secret: string): Promise<void> {
  const { page } = phone
  await visit(page, `${zekken.url}/team/`)
  await page.locator('summary', { hasText: /パスワード|password/ }).click()
  await page.getByLabel(/^(?:ゼッケン番号または代理人ID|Bib number or agent id)$/).fill(id)
  await page.getByLabel(/^(?:パスワード|Password)$/).fill(secret)
  await expectSound(phone, 'password form')
  await page.locator('details[open] button.main').click()
}
const shownNumber = async (page: Page) => {
  await page.locator('.own-number').waitFor()
  return (await page.locator('.own-number').innerText()).split('\n').at(-1)
}

test.each([
  { language: 'ja', scheme: 'light', viewport: sizes.desk, team: '101' },
  { language: 'en', scheme: 'dark', viewport: sizes.phone, team: '102' },
] as const)(
  '[LG66] in $language, the console gives a team a password, and the team signs in with it',
  async ({ team, ...look }) => {
    const desk = await openDeskBrowser(browser, zekken, { role: 'core', name: '本部 鈴木' }, look)
    await visit(desk.page, `${zekken.url}/admin/teams/${team}`)
    await desk.page.getByRole('button', { name: /パスワードを設定|Set the password/ }).click()
    const field = desk.page.getByLabel(/新しいパスワード|New password/)
    await field.fill('short')
    await desk.page.locator('dialog button.main').click()
    await desk.page.locator('dialog .problem').waitFor()
    await expectSound(desk, 'password too short')
    await field.fill('gifu castle 2026')
    await desk.page.locator('dialog button.main').click()
    await desk.page.locator('dialog').waitFor({ state: 'detached' })
    await desk.context.close()

    const phone = await watchedPage(browser, look)
    await enterWith(phone, team, 'gifu castle 2025')
    await phone.page.locator('.problem').waitFor()
    await enterWith(phone, team, 'gifu castle 2026')
    expect(await shownNumber(phone.page)).toBe(team)
    await phone.context.close()
  },
)

test.each([
  { language: 'ja', scheme: 'dark', viewport: sizes.phone },
  { language: 'en', scheme: 'light', viewport: sizes.desk },
] as const)(
  '[LG67] in $language, the console makes an agent, who signs in for two teams until it is removed',
  async (look) => {
    const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
    await visit(desk.page, `${zekken.url}/admin/invitations`)
    const part = desk.page
      .locator('section.sheet')
      .filter({ has: desk.page.getByRole('heading', { name: /^(?:代理人|Agents)$/ }) })
    await part.getByLabel(/^(?:名前|Name)$/).fill(`山田 ${look.language}`)
    await part.getByRole('button', { name: /代理人を追加|Add an agent/ }).click()
    await part.locator('.problem').waitFor()
    await part.getByLabel(/担当するゼッケン番号|Bib numbers they act for/).fill('103、128')
    await part.getByRole('button', { name: /代理人を追加|Add an agent/ }).click()
    await part.locator('.notice b').first().waitFor()
    await expectSound(desk, 'made agent')
    const [id = '', secret = ''] = await part.locator('.notice b').allInnerTexts()

    const phone = await watchedPage(browser, look)
    await enterWith(phone, id, secret)
    expect(await shownNumber(phone.page)).toBe('103')
    await phone.page.getByRole('combobox').first().selectOption('128')
    await expect.poll(() => shownNumber(phone.page), { timeout: 20_000 }).toBe('128')
    await phone.context.close()

    await part.getByRole('button', { name: /閉じる|Close/ }).click()
    await part.getByRole('button', { name: new RegExp(`山田 ${look.language}`) }).click()
    await expectSound(desk, 'removing an agent')
    await desk.page.locator('dialog button.refuse').click()
    await part.getByText(id).waitFor({ state: 'detached' })
    const device = { id: 'phone0000077', name: 'Phone', app: 'participant', version: '1' }
    const answer = await fetch(`${zekken.url}/api/login/agent`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event: zekken.event, agent: id, secret, device }),
    })
    expect(answer.status).toBe(403)
    await desk.context.close()
  },
)
