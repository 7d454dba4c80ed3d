import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { entryForm } from '../../design-docs/entry.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes, untilOffline, type WatchedPage, watchedPage } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken({ teams: [] })
  browser = await sharedChromium()
  const path = `/api/events/${zekken.event}/plan`
  const { event } = (await zekken.get(path)) as { event: EventDoc }
  const headers = { authorization: `Bearer ${await zekken.token('admin')}`, 'content-type': 'application/json' }
  const label = { ja: 'シャツのサイズ', en: 'Size of shirt' }
  const field = { id: 'shirt', of: 'staff', kind: 'text', label, required: true } as const
  const form = entryForm.parse({ members: { min: 1, max: 3 }, fields: [field] })
  const body = JSON.stringify({ ...event, staffApply: true, entryForm: form })
  const answer = await fetch(`${zekken.url}${path}/event`, { method: 'PUT', headers, body })
  expect(answer.status).toBe(200)
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const submit = ({ page }: WatchedPage) => page.locator('form button[type=submit]')
const problems = ({ page }: WatchedPage) => page.locator('.problem').allInnerTexts()

const looks = [
  { language: 'ja', scheme: 'light', viewport: sizes.phone, name: '髙﨑\u3000美咲' },
  { language: 'en', scheme: 'dark', viewport: sizes.desk, name: '山田\u3000花子' },
] as const

test.each(looks)(
  '[AP12] in $language: applied without a network, sent once the server is back, a role in the console, the link opens the app',
  async ({ name, ...look }) => {
    const phone = await watchedPage(browser, { ...look, workers: 'allow' })
    const { page } = phone
    await page.goto(`${zekken.url}/enter/${zekken.event}/staff`)
    await page.locator('form').waitFor()
    await expectSound(phone, 'apply')
    expect(await problems(phone)).toEqual([])
    const mail = page.getByLabel(/^(?:メールアドレス|Email address)$/)
    await mail.fill('misaki@')
    await mail.blur()
    expect(await problems(phone)).toHaveLength(1)
    await submit(phone).click()
    await expect.poll(() => page.locator('.problem').count()).toBe(5)
    await expectSound(phone, 'its problems')
    await page.getByLabel(/^(?:氏名|Name)$/).fill(name.replace('\u3000', ' '))
    await page.getByLabel(/^(?:氏名のよみ|Reading of the name)$/).fill('たかさき みさき')
    await mail.fill('misaki@example.org')
    await page.getByLabel(/やってみたいこと|What you would like/).fill('受付\n<b>& more</b>')
    await page.getByLabel(/^(?:シャツのサイズ|Size of shirt)$/).fill('XL 大')
    await page.getByLabel(/^(?:同意します|I agree)$/).check()
    expect(await problems(phone)).toEqual([])
    await untilOffline(phone)
    await zekken.stop('SIGKILL')
    try {
      await page.reload()
      await expect.poll(() => page.getByLabel(/^(?:氏名|Name)$/).inputValue()).toBe(name)
      await submit(phone).click()
      await page.getByText(/まだ送信できていません。|Not sent yet\./).waitFor()
      await expectSound(phone, 'waiting')
    } finally {
      await zekken.start()
    }
    await page.getByText(/応募を受け付けました|We have your application/).waitFor({ timeout: 60_000 })
    await expectSound(phone, 'received')

    const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '管理 者' }, look)
    await visit(desk.page, `${zekken.url}/admin/invitations`)
    await desk.page.getByText('<b>& more</b>').first().waitFor()
    await desk.page.getByText('XL 大').first().waitFor()
    await expectSound(desk, 'applications')
    await desk.page.getByRole('button', { name: /に役割を付けて招待$|the role and invite$/ }).click()
    await desk.page.locator('img.qr').waitFor()
    const link = await desk.page.locator('input.digits').inputValue()
    await expectSound(desk, 'invited')
    await visit(desk.page, `${zekken.url}/admin/mails`)
    await desk.page
      .getByText(/スタッフの招待|Invitation of staff/)
      .first()
      .waitFor()
    expect(desk.complaints()).toEqual([])
    await desk.context.close()

    const app = await watchedPage(browser, look)
    await app.page.goto(link)
    await app.page.locator('.sign-in .button.main').click()
    await app.page.locator('.stage').waitFor()
    expect(app.complaints()).toEqual([])
    await app.context.close()
    await phone.context.close()
  },
)
