import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventDoc } from '../../design-docs/plan.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskLook, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes, watchedPage } from '../support/watched-page.ts'

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

const looks: readonly DeskLook[] = [
  { language: 'ja', viewport: sizes.desk },
  { language: 'en', viewport: sizes.phone, scheme: 'dark' },
]

test.each(looks)(
  '[EN50] in $language, $viewport.width wide, what the console sets up is what the form asks',
  async (look) => {
    const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
    const { page } = desk
    const isFirst = look === looks[0]
    await visit(page, `${zekken.url}/admin/setup/entry`)
    const takes = page.getByLabel(/^(?:参加申込を受け付ける|Take entries by a form)$/)
    await takes.waitFor()
    if (isFirst) await takes.check()
    if (isFirst) {
      await page.getByLabel('すべてのクラス（あとで増やすクラスも）').uncheck()
      await page.getByLabel('3時間 混合').uncheck()
      await page.getByText('クラスを1つ以上選んでください。').waitFor()
      await page.getByLabel('3時間 混合').check()
    }
    await page.getByRole('button', { name: /^(?:質問を追加|Add a question)$/ }).click()
    await page
      .getByLabel(/^(?:質問文（日本語）|Question \(Japanese\))$/)
      .last()
      .fill(`質問 ${look.language}`)
    await page
      .getByLabel(/^(?:質問文（英語）|Question \(English\))$/)
      .last()
      .fill(`Question ${look.language}`)
    await page
      .getByLabel(/^(?:説明（日本語）|Explanation \(Japanese\))$/)
      .last()
      .fill(`説明 ${look.language}`)
    await page
      .getByLabel(/^(?:説明（英語）|Explanation \(English\))$/)
      .last()
      .fill(`Explained ${look.language}`)
    await page
      .getByLabel(/^(?:答え方|Kind of answer)$/)
      .last()
      .selectOption('choice')
    await page
      .getByLabel(/^(?:選択肢 1（日本語）|Choice 1 \(Japanese\))$/)
      .last()
      .fill('はい')
    await page
      .getByLabel(/^(?:選択肢 1（英語）|Choice 1 \(English\))$/)
      .last()
      .fill('Yes')
    await page.getByRole('button', { name: /^(?:同意を追加|Add a consent)$/ }).click()
    await page
      .getByLabel(/^(?:文（日本語）|Text \(Japanese\))$/)
      .last()
      .fill(`同意 ${look.language}`)
    await page
      .getByLabel(/^(?:文（英語）|Text \(English\))$/)
      .last()
      .fill(`Consent ${look.language}`)
    if (!isFirst) {
      await page.getByRole('button', { name: 'Move question 2 up' }).click()
      await page.waitForFunction(() => document.activeElement?.textContent === 'Move question 1 down')
    }
    await expectSound(desk, 'filled in')
    await page.getByLabel(/^(?:メンバーの最少人数|Fewest members)$/).fill('9')
    const check = page.getByRole('button', { name: /^(?:影響を確認して保存|See the effect, then save)$/ })
    await check.click()
    await page.locator('.problem').first().waitFor()
    await page.getByLabel(/^(?:メンバーの最少人数|Fewest members)$/).fill('2')
    await check.click()
    await page.locator('dialog .button.main:enabled').click()
    await page.getByText(/^(?:保存しました|Saved)$/).waitFor()
    await expectSound(desk, 'saved')

    const phone = await watchedPage(browser, { language: 'en' })
    await phone.page.goto(`${zekken.url}/enter/${zekken.event}`)
    await phone.page.getByLabel(`Question ${look.language}`).waitFor()
    const explained = await phone.page.getByText(/^Explained (?:ja|en)$/).allInnerTexts()
    expect(explained).toEqual(isFirst ? ['Explained ja'] : ['Explained en', 'Explained ja'])
    const { event } = (await zekken.get(`/api/events/${zekken.event}/plan`)) as { event: EventDoc }
    expect(event.entryForm?.classIds).toEqual(['three'])
    expect(await phone.page.locator('.member').count()).toBe(2)
    await phone.page.getByText(`Consent ${look.language}`).waitFor()
    await phone.context.close()
    await desk.context.close()
  },
  120_000,
)
