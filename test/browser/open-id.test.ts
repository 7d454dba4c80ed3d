import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { clientId, clientSecret, type OpenIdProvider, startOpenIdProvider } from '../login/open-id-provider.ts'
import { sharedChromium } from '../support/chromium.ts'
import { freshDesk, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { freePort } from '../support/free-port.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes, watchedPage } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

let zekken: Zekken
let browser: Browser
let provider: OpenIdProvider
beforeAll(async () => {
  const port = await freePort()
  provider = await startOpenIdProvider(`http://localhost:${port}`)
  const env = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret }
  zekken = await startZekken({}, { port, env: { ...env, OIDC_ROLES_CLAIM: 'zekken' } })
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
  await provider?.stop()
})

const button = /\d でサインイン$|^Sign in with \d/

test.each([
  { language: 'ja', scheme: 'light', viewport: sizes.phone },
  { language: 'en', scheme: 'dark', viewport: sizes.desk },
] as const)(
  '[LG80] in $language, the staff app leads to the provider and back, and a reload stays signed in',
  async (look) => {
    provider.people.set('hanako', { name: '受付 花子', zekken: [`${zekken.event}:staff`] })
    const phone = await watchedPage(browser, look)
    const { page } = phone
    await visit(page, `${zekken.url}/staff/`)
    await page.getByRole('button', { name: button }).waitFor()
    await expectSound(phone, 'staff sign-in')
    await page.getByRole('button', { name: button }).click()
    await page.locator('.stage').waitFor()
    expect(new URL(page.url()).hash).toBe('')
    await page.reload()
    await page.locator('.stage').waitFor()
    expect(phone.complaints()).toEqual([])
    await phone.context.close()
  },
)

test.each([
  { language: 'ja', scheme: 'dark', person: 'mika' },
  { language: 'en', scheme: 'light', person: 'ken' },
] as const)(
  '[LG80] in $language, who has no role is told to wait, is given one in the console, and comes in',
  async ({ person, ...look }) => {
    provider.people.set(person, { name: `新人 ${person}`, email: `${person}@example.org`, email_verified: true })
    const desk = await freshDesk(browser, look)
    await desk.page.setExtraHTTPHeaders({ 'x-person': person })
    await visit(desk.page, `${zekken.url}/admin/`)
    await desk.page.getByRole('button', { name: button }).click()
    await desk.page.getByRole('alert').waitFor()
    expect(await desk.page.getByRole('alert').innerText()).toMatch(/まだ役割がありません|no role yet/)
    await expectSound(desk, 'waiting for a role')

    const admin = await openDeskBrowser(browser, zekken, { role: 'admin', name: '管理 者' }, look)
    await visit(admin.page, `${zekken.url}/admin/invitations`)
    const role = admin.page.getByLabel(new RegExp(`^(?:新人 ${person} の役割|Role of 新人 ${person})$`))
    await role.selectOption('judge')
    await expectSound(admin, 'people waiting')
    const save = admin.page.getByRole('button', { name: new RegExp(`新人 ${person}`) })
    await save.click()
    await vi.waitFor(async () => expect(await save.isDisabled()).toBe(true))
    await admin.context.close()

    await desk.page.getByRole('button', { name: button }).click()
    await desk.page.locator('.link-state .dot:not(.off)').waitFor()
    await expectSound(desk, 'signed in')
    await desk.context.close()
  },
)

test('[LG80] where no provider answers, the button says so and the code is still there', async () => {
  provider.people.clear()
  const phone = await watchedPage(browser, {})
  await phone.page.route('**/api/login/oidc/start', (route) => route.fulfill({ status: 503, body: '{}' }))
  await visit(phone.page, `${zekken.url}/staff/`)
  await phone.page.getByRole('button', { name: button }).click()
  await phone.page.getByRole('alert').waitFor()
  await phone.page.locator('input').first().waitFor()
  await expectSound(phone, 'silent provider')
  await phone.context.close()
})
