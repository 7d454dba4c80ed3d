import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { joinTeam } from '../support/team-phone.ts'
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

const looks = [
  { language: 'ja', scheme: 'light', viewport: sizes.phone, team: '101' },
  { language: 'en', scheme: 'dark', viewport: sizes.desk, team: '102' },
] as const

async function phoneOf(team: string, look: Partial<(typeof looks)[number]> = {}): Promise<WatchedPage> {
  const phone = await watchedPage(browser, look)
  await joinTeam(phone, zekken, team)
  return phone
}
const atSettings = (page: Page) => visit(page, `${zekken.url}/team/status`)
const lines = (page: Page) =>
  page.locator('section', { has: page.locator('h2', { hasText: /チームの端末|The team’s devices/ }) }).locator('li')
/** Names of all that the browser keeps of the event; the device's own key is no data of it. */
const kept = (page: Page) =>
  page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name ?? '').filter((name) => /zk-|zekken-(?!device)/.test(name)),
  )

test.each(looks)(
  '[LG68] in $language, a team sees its phones and removes a lost one, which wipes itself',
  async ({ team, ...look }) => {
    const [phone, lost] = [await phoneOf(team, look), await phoneOf(team, look)]
    await atSettings(phone.page)
    await expect.poll(() => lines(phone.page).count(), { timeout: 20_000 }).toBe(2)
    expect(await lines(phone.page).first().innerText()).toMatch(/この端末|This device/)
    await expectSound(phone, 'devices')
    await lines(phone.page).getByRole('button').click()
    await expectSound(phone, 'removing one')
    await phone.page.locator('dialog button.refuse').click()
    await expect.poll(() => lines(phone.page).count(), { timeout: 20_000 }).toBe(1)
    await lost.page.reload()
    await lost.page.getByText(/この端末は登録を解除されました|This device has been removed/).waitFor()
    expect(await lost.page.locator('.own-number').count()).toBe(0)
    await expect.poll(() => kept(lost.page), { timeout: 20_000 }).toEqual([])
    await phone.context.close()
    await lost.context.close()
  },
)

test('[LG69] a phone that signs out keeps nothing of the team', async () => {
  const phone = await phoneOf('103')
  await atSettings(phone.page)
  expect((await kept(phone.page)).length).toBeGreaterThan(3)
  await phone.page.getByRole('button', { name: 'サインアウト…' }).click()
  await expectSound(phone, 'leaving')
  await phone.page.getByRole('button', { name: 'サインアウト', exact: true }).click()
  await phone.page.getByLabel('受付番号').waitFor()
  await expect.poll(() => kept(phone.page), { timeout: 20_000 }).toEqual([])
  await phone.page.reload()
  await phone.page.getByLabel('受付番号').waitFor()
  await phone.context.close()
})

test('[LG69] without the server the devices cannot be listed, and signing out still works where nothing waits', async () => {
  const phone = await phoneOf('128')
  await phone.page.locator('.strip').getByText('同期済み').waitFor()
  await phone.page.locator('.strip').click()
  await phone.page.getByText('チームの端末').waitFor()
  await zekken.stop()
  await phone.page.getByRole('button', { name: 'サインアウト…' }).click()
  await phone.page.getByRole('button', { name: 'サインアウト', exact: true }).click()
  await phone.page.getByText('サーバーに接続できません').first().waitFor()
  await expect.poll(() => kept(phone.page), { timeout: 20_000 }).toEqual([])
  await zekken.start()
  await phone.context.close()
})
