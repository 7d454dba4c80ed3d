import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

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
  { language: 'ja', viewport: { width: 390, height: 844 } },
  { language: 'en', viewport: { width: 1440, height: 900 } },
] as const)(
  '[CB14] in $language, $viewport.width wide, an unused invitation is withdrawn after one more question',
  async (look) => {
    const link = await zekken.invite('staff', '受付 佐藤')
    const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
    const { page } = desk
    await visit(page, `${zekken.url}/admin/invitations`)
    const line = page.locator('.list li', { hasText: '受付 佐藤' }).first()
    await line.getByRole('button').click()
    await page.locator('dialog').waitFor()
    await expectSound(desk, 'question')
    await page.keyboard.press('Escape')
    expect(await line.getByRole('button').count()).toBe(1)
    await line.getByRole('button').click()
    await page.locator('dialog .refuse').click()
    await line.getByRole('button').waitFor({ state: 'detached' })
    await expectSound(desk, 'withdrawn')

    const token = link.slice(link.indexOf('#invite=') + '#invite='.length)
    const answer = await fetch(`${zekken.url}/api/login/invitation/look`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    expect(answer.status).toBe(410)
    await desk.context.close()
  },
  120_000,
)

test.each([
  { language: 'ja', scheme: 'dark', viewport: sizes.desk },
  { language: 'en', scheme: 'light', viewport: sizes.phone },
] as const)('[PK6] in $language, an admin makes a passkey, leaves, and comes back by it alone', async (look) => {
  const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
  const { page, context } = desk
  const device = await context.newCDPSession(page)
  await device.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
  await device.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, isUserVerified: true } })
  await visit(page, `${zekken.url}/admin/invitations`)
  const part = page.locator('section.sheet').filter({ hasText: /あなたのパスキー|Your passkeys/ })
  await part.getByLabel(/^(?:名前|Name)$/).fill('事務局のPC')
  await part.getByRole('button', { name: /パスキーを作る|Make a passkey/ }).click()
  await part.getByText('事務局のPC').waitFor()
  await part.getByRole('button', { name: /パスキーを作る|Make a passkey/ }).click()
  await part.locator('.problem').waitFor()
  await expectSound(desk, 'passkeys')
  await page.evaluate(() => localStorage.clear())
  await context.clearCookies()
  await page.goto(`${zekken.url}/admin/`)
  const enter = page.getByRole('button', { name: /パスキーでサインイン|Sign in with a passkey/ })
  await enter.waitFor()
  await expectSound(desk, 'sign-in with a passkey')
  await enter.click()
  await page.locator('.link-state .dot:not(.off)').waitFor()
  expect(desk.complaints()).toEqual([])
  await context.close()
})
