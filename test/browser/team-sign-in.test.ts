import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { enterTeam, mailedPasscode } from '../support/mailed-passcode.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { type Look, sizes, untilOffline, type WatchedPage, watchedPage } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken({ teams: [] })
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})
const phones: WatchedPage[] = []
afterEach(async () => {
  for (const { context } of phones.splice(0)) await context.close()
})

async function phoneAt(look: Look & { workers?: 'allow' | 'block' } = {}): Promise<WatchedPage> {
  const phone = await watchedPage(browser, look)
  phones.push(phone)
  await visit(phone.page, `${zekken.url}/team/`)
  await numberField(phone.page).waitFor()
  return phone
}
const numberField = (page: Page) => page.getByLabel(/^(?:受付番号|Receipt number)$/)
const passcodeField = (page: Page) => page.getByLabel(/^(?:パスコード|Passcode)$/)
const main = (page: Page) => page.locator('form button.main').first()

async function askFor(page: Page, number: string): Promise<void> {
  await numberField(page).fill(number)
  await main(page).click()
  await passcodeField(page).waitFor()
}
const wrong = (digits: string) => String((Number(digits) + 1) % 1_000_000).padStart(6, '0')

const looks = [
  { language: 'ja', scheme: 'light', viewport: sizes.phone },
  { language: 'en', scheme: 'dark', viewport: sizes.desk },
] as const

describe.each(looks)('[LG60] in $language, $scheme, $viewport.width wide,', (look) => {
  test('a team signs in by its number and the passcode that was mailed', async () => {
    const number = await enterTeam(zekken, `長良川 ${look.language}`)
    const phone = await phoneAt(look)
    const { page } = phone
    await expectSound(phone, 'number')
    await askFor(page, number)
    await expectSound(phone, 'passcode')
    expect(await passcodeField(page).getAttribute('autocomplete')).toBe('one-time-code')
    expect(await passcodeField(page).getAttribute('inputmode')).toBe('numeric')
    for (const target of await page.locator('form button, form input, summary').all()) {
      if (!(await target.isVisible())) continue
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(48)
    }
    const passcode = await mailedPasscode(zekken, number)
    await passcodeField(page).fill(wrong(passcode))
    await main(page).click()
    await page.locator('.problem').waitFor()
    expect(await page.locator('.problem').innerText()).toMatch(/あと2回|2 more times/)
    await expectSound(phone, 'wrong passcode')
    await passcodeField(page).fill(passcode)
    await main(page).click()
    await page.locator('.own-number').waitFor()
    expect((await page.locator('.own-number').innerText()).split('\n').at(-1)).toBe(number)
    await expectSound(phone, 'signed in')
  })
})

test('[LG61] a number that nobody has is told the same, and three wrong passcodes say how long to wait', async () => {
  const { page } = await phoneAt()
  await askFor(page, '９９９')
  expect(await page.locator('form [role=status]').innerText()).toContain('受付番号 999 の申し込みがあれば')
  for (const text of [/あと2回/, /あと1回/, /しばらく試せません/, /あと60分は試せません/]) {
    await passcodeField(page).fill('123456')
    await main(page).click()
    await page.locator('.problem', { hasText: text }).waitFor()
  }
})

test('[LG62] a page thrown away while the mail is read goes on with the six digits, and says when to ask again', async () => {
  const number = await enterTeam(zekken, '川原町探検隊')
  const { page } = await phoneAt()
  await askFor(page, number)
  await page.reload()
  await passcodeField(page).waitFor()
  const again = page.locator('form button.wide').first()
  expect(await again.innerText()).toMatch(/^あと\d+秒で、もう一度送れます$/)
  expect(await again.isDisabled()).toBe(true)
  const passcode = await mailedPasscode(zekken, number)
  await page.clock.install()
  await page.clock.fastForward(61_000)
  await again.getByText('もう一度送る', { exact: true }).waitFor()
  await again.click()
  await page.getByText('もう一度お送りしました').waitFor()
  await passcodeField(page).fill(passcode)
  await main(page).click()
  await page.locator('.own-number').waitFor()
})

test('[LG63] with the server gone the sign-in says so and goes on when it is back; who is in stays in', async () => {
  const number = await enterTeam(zekken, '里山ハイカーズ')
  const phone = await phoneAt({ workers: 'allow' })
  const { page } = phone
  await untilOffline(phone)
  await askFor(page, number)
  const passcode = await mailedPasscode(zekken, number)
  await zekken.stop()
  await passcodeField(page).fill(passcode)
  await main(page).click()
  await page.locator('.problem', { hasText: 'サーバーに接続できません' }).waitFor()
  await page.getByRole('button', { name: '別の番号を入力する' }).click()
  await page.getByRole('alert').filter({ hasText: 'サーバーに接続できません' }).waitFor()
  await expectSound(phone, 'without the server')
  await zekken.start()
  await page.getByRole('button', { name: 'もう一度試す' }).click()
  await askFor(page, number)
  await passcodeField(page).fill(passcode)
  await main(page).click()
  await page.locator('.own-number').waitFor()
  await zekken.stop()
  await page.reload()
  await page.locator('.own-number').waitFor()
  expect((await page.locator('.own-number').innerText()).split('\n').at(-1)).toBe(number)
  await zekken.start()
})

test('[LG64] an invitation’s code is still a way in', async () => {
  const number = await enterTeam(zekken, '招待の組')
  const made = (await zekken.post(`/api/events/${zekken.event}/invitations`, {
    role: 'participant',
    name: '招待の組',
    teams: [number],
  })) as { code: string }
  const phone = await phoneAt()
  const { page } = phone
  await page.locator('summary', { hasText: '招待コード' }).click()
  await expectSound(phone, 'with the code')
  await page.getByLabel('招待コード').fill(made.code)
  await page.getByRole('button', { name: 'コードで始める' }).click()
  await page.locator('.sign-in .button.main:enabled', { hasText: '始める' }).click()
  await page.locator('.own-number').waitFor()
})
