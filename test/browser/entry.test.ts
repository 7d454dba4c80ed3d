import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { askingForm, openEntries } from '../support/open-entries.ts'
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
beforeEach(() => openEntries(zekken, askingForm))
const phones: WatchedPage[] = []
afterEach(async () => {
  for (const { context } of phones.splice(0)) await context.close()
})

/** A phone that has the form of the event before it. */
async function atForm(look: Look = {}): Promise<WatchedPage> {
  const phone = await watchedPage(browser, look)
  phones.push(phone)
  await phone.page.goto(`${zekken.url}/enter/${zekken.event}`)
  await phone.page.locator('form').waitFor()
  return phone
}

const submit = (page: Page) => page.locator('form button[type=submit]')
const problems = (page: Page) => page.locator('.problem').allInnerTexts()
const numberOf = async (page: Page) => Number(await page.locator('.receipt .own-number').innerText())
const teamName = /^(?:チーム名|Team name)$/

/** Everything that the asking form wants of a team of one grown-up. */
async function fillIn(page: Page, name: string): Promise<void> {
  await page.getByLabel(teamName).fill(name)
  await page.getByLabel(/^(?:氏名|Name)$/).fill('髙﨑 美咲')
  await page.getByLabel(/^(?:氏名のよみ|Reading of the name)$/).fill('たかさき みさき')
  await page.getByLabel(/^(?:年齢|Age)$/).fill('３４')
  await page.getByLabel(/^(?:シャツ|Shirt)$/).selectOption('m')
  await page.getByRole('radio').first().check()
  await page.getByLabel(/^(?:メールアドレス|Email address)$/).fill('misaki@example.org')
  await page.getByLabel(/^(?:電話番号|Phone number)$/).fill('090-1234-5678')
  await page.getByLabel(/^(?:到着日|Day of arrival)$/).fill('2026-11-22')
  await page.getByLabel(/^(?:緊急連絡先|In an emergency)$/).fill('０９０－１２３４－５６７８')
  await page.getByLabel(/^(?:ポスター|Poster)$/).check()
  await page.getByLabel(/^(?:同意します|I agree)$/).check()
}

async function enter(page: Page, name: string): Promise<number> {
  await fillIn(page, name)
  await submit(page).click()
  await page.locator('.receipt').waitFor()
  return numberOf(page)
}

/** Numbers of the teams that the log knows under a name. */
async function teamsNamed(name: string): Promise<string[]> {
  const { teams } = (await zekken.get(`/api/events/${zekken.event}/teams`)) as {
    teams: { team: string; name: string }[]
  }
  return teams.filter((one) => one.name === name).map(({ team }) => team)
}

const looks = [
  { language: 'ja', scheme: 'light', viewport: sizes.phone },
  { language: 'en', scheme: 'dark', viewport: sizes.desk },
] as const

describe.each(looks)('[EN40] in $language, $scheme, $viewport.width wide,', (look) => {
  test('the form, what is wrong with it, the receipt and the change are sound', async () => {
    const phone = await atForm(look)
    const { page } = phone
    await expectSound(phone, 'empty')
    expect(await problems(page)).toEqual([])
    await submit(page).click()
    await page.locator('.notice.no').waitFor()
    expect(await page.locator('.problem').count()).toBe(11)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true')
    await expectSound(phone, 'with its problems')
    await fillIn(page, `${look.language} ${look.scheme}`)
    expect(await problems(page)).toEqual([])
    await page.getByRole('button', { name: /メンバーを追加|Add a member/ }).click()
    for (const target of await page.locator('button, select, .tick, input:not([type=checkbox], [type=radio])').all()) {
      const { height = 0 } = (await target.boundingBox()) ?? {}
      expect(height).toBeGreaterThanOrEqual(48)
    }
    await page.getByRole('button', { name: /メンバー 2 を削除|Remove member 2/ }).click()
    await submit(page).click()
    await page.locator('.receipt').waitFor()
    await expectSound(phone, 'receipt')
    await page.getByRole('button', { name: /内容を変更する|Change the entry/ }).click()
    await page.locator('form').waitFor()
    await expectSound(phone, 'change')
  })

  if (look.viewport === sizes.desk) return
  test('text twice as large fits', async () => {
    const phone = await atForm(look)
    await phone.page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    await submit(phone.page).click()
    await expectSound(phone, 'large text')
  })
})

describe('while it is filled in', () => {
  test('[EN41] a field says what is wrong once it was left, not before, and no longer than it is', async () => {
    const { page } = await atForm()
    const mail = page.getByLabel('メールアドレス')
    await mail.pressSequentially('misaki＠')
    expect(await problems(page)).toEqual([])
    await mail.press('Tab')
    expect(await problems(page)).toEqual(['メールアドレスの形が正しくありません'])
    expect(await mail.inputValue()).toBe('misaki@')
    const about = await mail.getAttribute('aria-describedby')
    expect(await page.locator(`[id="${about}"]`).innerText()).toContain('形が正しくありません')
    await mail.fill('misaki@example.org')
    expect(await problems(page)).not.toContain('メールアドレスの形が正しくありません')
    expect(await mail.getAttribute('aria-invalid')).toBe('false')
  })

  test('[EN41] what was written is shown as it will be kept', async () => {
    const { page } = await atForm()
    const shown = async (label: string, text: string) => {
      const field = page.getByLabel(label, { exact: true })
      await field.fill(text)
      await field.blur()
      return field.inputValue()
    }
    expect(await shown('氏名', ' 髙﨑  美咲 ')).toBe('髙﨑\u3000美咲')
    expect(await shown('氏名のよみ', 'たかさき ﾐｻｷ')).toBe('タカサキ\u3000ミサキ')
    expect(await shown('年齢', '３４')).toBe('34')
    expect(await shown('電話番号', '０９０ー１２３４')).toBe('090-1234')
  })

  test('[EN42] a guardian is asked only where a member is young enough, and members come and go within the bounds', async () => {
    const { page } = await atForm()
    const guardian = page.getByText('保護者として同意します。')
    await page.getByLabel('年齢').fill('18')
    expect(await guardian.count()).toBe(0)
    await page.getByLabel('年齢').fill('17')
    await guardian.waitFor()
    const add = page.getByRole('button', { name: 'メンバーを追加' })
    await add.click()
    await add.click()
    expect([await add.count(), await page.locator('.member').count()]).toEqual([0, 3])
    await page.getByLabel('氏名', { exact: true }).nth(2).fill('三')
    await page.getByRole('button', { name: 'メンバー 2 を削除' }).click()
    expect(await page.getByLabel('氏名', { exact: true }).nth(1).inputValue()).toBe('三')
    await page.getByRole('button', { name: 'メンバー 1 を削除' }).click()
    expect(await guardian.count()).toBe(0)
    expect(await page.getByRole('button', { name: 'を削除' }).count()).toBe(0)
  })

  test('[EN43] the draft survives a reload and a closed tab; a second tab is another team', async () => {
    const { page, context } = await atForm()
    await page.getByLabel(teamName).fill('一つ目')
    await page.reload()
    await expect.poll(() => page.getByLabel(teamName).inputValue()).toBe('一つ目')
    const second = await context.newPage()
    await visit(second, `${zekken.url}/team/enter/${zekken.event}`)
    await second.locator('form').waitFor()
    expect(await second.getByLabel(teamName).inputValue()).toBe('')
    await page.close()
    // The closed tab lets go of its draft a moment later.
    await expect
      .poll(async () => {
        await second.reload()
        return second.getByLabel(teamName).inputValue()
      })
      .toBe('一つ目')
    await second.getByRole('button', { name: '入力を消して最初から' }).click()
    await second.locator('.dialog .button.refuse').click()
    await second.reload()
    await second.locator('form').waitFor()
    expect(await second.getByLabel(teamName).inputValue()).toBe('')
  })
})

describe('when the link is lost', () => {
  test('[EN44] server gone while filling in, page loaded anew, sent, server back: one entry, by itself', async () => {
    const phone = await atForm({ workers: 'allow' })
    const { page } = phone
    await untilOffline(phone)
    await page.reload()
    await fillIn(page, '圏外の仲間')
    await zekken.stop('SIGKILL')
    try {
      await page.reload()
      await expect.poll(() => page.getByLabel(teamName).inputValue()).toBe('圏外の仲間')
      await page.getByText('圏外です。').waitFor()
      await submit(page).click()
      await page.getByText('まだ送信できていません。').waitFor()
      expect(await page.getByLabel(teamName).isDisabled()).toBe(true)
      await expectSound(phone, 'waiting')
      // Sent and not answered: a page that is opened again goes on with it.
      await page.reload()
      await page.getByText('まだ送信できていません。').waitFor()
    } finally {
      await zekken.start()
    }
    await page.locator('.receipt').waitFor({ timeout: 60_000 })
    const number = await numberOf(page)
    await expect.poll(() => teamsNamed('圏外の仲間')).toEqual([String(number)])
    await page.reload()
    await page.locator('.receipt').waitFor()
    await page.getByRole('link', { name: '別のチームを申し込む' }).click()
    expect(await enter(page, '次の仲間')).toBe(number + 1)
  })

  test('[EN45] the answer is lost and the form changed before it is sent again: one entry, as changed', async () => {
    const { page } = await atForm()
    await fillIn(page, '最初の名前')
    await page.route('**/entries', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await submit(page).click()
    await page.getByText('まだ送信できていません。').waitFor()
    await page.getByRole('button', { name: '内容を直す' }).click()
    await page.unroute('**/entries')
    await page.getByLabel(teamName).fill('直した名前')
    await submit(page).click()
    await page.locator('.receipt').waitFor()
    expect(await page.locator('.receipt .name').innerText()).toBe('直した名前')
    await expect.poll(() => teamsNamed('直した名前')).toEqual([String(await numberOf(page))])
    expect(await teamsNamed('最初の名前')).toEqual([])
  })

  test('[EN45] a server that asks to wait is given the time it names', async () => {
    const { page } = await atForm()
    await fillIn(page, '混雑')
    let asked = 0
    await page.route('**/entries', async (route) => {
      if (asked++ > 0) return route.continue()
      await route.fulfill({ status: 429, headers: { 'retry-after': '1', 'x-zekken-time': String(Date.now()) } })
    })
    await submit(page).click()
    await page.getByText('サーバーが混み合っています。').waitFor()
    await page.locator('.receipt').waitFor()
    expect(asked).toBe(2)
  })
})

describe('what the server says', () => {
  test('[EN46] a form that was changed meanwhile: the code, and the new question with what is missing', async () => {
    const phone = await atForm()
    const { page } = phone
    await fillIn(page, '変わる申込')
    const fields = [...(askingForm.fields ?? [])]
    const car = { ja: '車の番号', en: 'Car' }
    await openEntries(zekken, {
      ...askingForm,
      fields: [...fields, { id: 'car', of: 'entry', kind: 'text', label: car, required: true }],
    })
    await submit(page).click()
    await page.getByText('ZK-ENTRY-003').waitFor()
    const asked = page.getByLabel('車の番号')
    await expect.poll(() => asked.getAttribute('aria-invalid')).toBe('true')
    await expectSound(phone, 'refused')
    await asked.fill('岐阜 300')
    await submit(page).click()
    await page.locator('.receipt').waitFor()
  })

  test('[EN46] no place left: what was filled in stays, and goes in once there is one', async () => {
    await enter((await atForm()).page, '先客')
    const phone = await atForm()
    const { page } = phone
    await fillIn(page, '満員')
    await openEntries(zekken, { ...askingForm, maxTeams: 1 })
    await submit(page).click()
    await page.getByText('ZK-ENTRY-002').waitFor()
    await expectSound(phone, 'full')
    await openEntries(zekken, askingForm)
    await submit(page).click()
    await page.locator('.receipt').waitFor()
  })

  test('[EN46] closed while it was filled in, not yet open, no such event', async () => {
    const phone = await atForm()
    const { page } = phone
    await fillIn(page, '遅刻')
    await openEntries(zekken, { ...askingForm, closesAt: Date.now() - 1000 })
    await submit(page).click()
    await page.getByText('申込は終了しました').waitFor()
    await page.getByText('入力した内容は送信されていません。').waitFor()
    await expectSound(phone, 'closed')
    // 15:00 in Japan, whatever the phone's own zone is.
    await openEntries(zekken, { ...askingForm, opensAt: Date.UTC(2099, 4, 3, 6, 0) })
    await page.reload()
    await page.getByText(/2099年5月3日\(日\) 15:00（Asia\/Tokyo）から/).waitFor()
    await expectSound(phone, 'not yet')
    await openEntries(zekken, { ...askingForm, opensAt: Date.now() + 3000 })
    await page.reload()
    await page.getByText('申込はまだ始まっていません').waitFor()
    await page.locator('form').waitFor({ timeout: 20_000 })
    await visit(page, `${zekken.url}/team/enter/nowhere`)
    await page.getByText('申込できる大会がありません').waitFor()
    await expectSound(phone, 'no such event')
  })
})

describe('the link of an entry', () => {
  test('[EN47] opens it on another phone, leaves the address, changes and withdraws it', async () => {
    const first = await atForm()
    const number = await enter(first.page, '変更前')
    const link = await first.page.locator('input.link').inputValue()
    const phone = await watchedPage(browser, {})
    phones.push(phone)
    const { page } = phone
    await page.goto(link)
    await page.locator('.receipt').waitFor()
    expect(page.url()).not.toContain('key=')
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(link.split('#key=')[1])
    expect(await numberOf(page)).toBe(number)
    await page.reload()
    await page.getByRole('button', { name: '内容を変更する' }).click()
    await page.getByLabel(teamName).fill('変更後')
    await page.getByRole('button', { name: '変更を送る' }).click()
    await page.locator('.receipt .name').getByText('変更後').waitFor()
    await expect.poll(() => teamsNamed('変更後')).toEqual([String(number)])
    await page.getByRole('button', { name: '申込を取り消す…' }).click()
    await page.locator('.dialog').waitFor()
    await expectSound(phone, 'withdrawal')
    await page.locator('.dialog .button.refuse').click()
    await page.getByRole('heading', { name: '取り消した申込' }).waitFor()
    expect(await page.getByRole('button', { name: '内容を変更する' }).count()).toBe(0)
    await expectSound(phone, 'withdrawn')
  })

  test('[EN51] a change that is filled in survives a reload, says what was changed elsewhere meanwhile, and goes when it is given up', async () => {
    const { page } = await atForm()
    const number = await enter(page, '書きかけ前')
    const link = await page.locator('input.link').inputValue()
    await page.getByRole('button', { name: '内容を変更する' }).click()
    await page.getByLabel(teamName).fill('書きかけ')
    await page.reload()
    await expect.poll(() => page.getByLabel(teamName).inputValue()).toBe('書きかけ')
    const elsewhere = page.getByText('ほかの画面でも変更されています')
    expect(await elsewhere.count()).toBe(0)

    const other = await watchedPage(browser, {})
    phones.push(other)
    await other.page.goto(link)
    await other.page.getByRole('button', { name: '内容を変更する' }).click()
    await other.page.getByLabel(teamName).fill('別の画面')
    await other.page.getByRole('button', { name: '変更を送る' }).click()
    await other.page.locator('.receipt .name').getByText('別の画面').waitFor()

    await page.reload()
    await elsewhere.waitFor()
    expect(await page.getByLabel(teamName).inputValue()).toBe('書きかけ')
    await page.getByRole('button', { name: 'やめる', exact: true }).click()
    await page.locator('.receipt .name').getByText('別の画面').waitFor()
    await page.reload()
    await page.locator('.receipt .name').getByText('別の画面').waitFor()
    expect(await page.getByLabel(teamName).count()).toBe(0)
    expect(await teamsNamed('別の画面')).toEqual([String(number)])
  })

  test('[EN51] a change that was on its way goes on by itself after a reload; begun by its link it stays in its tab', async () => {
    const { page } = await atForm()
    const number = await enter(page, '送信前')
    const link = await page.locator('input.link').inputValue()
    await page.getByRole('button', { name: '内容を変更する' }).click()
    await page.getByLabel(teamName).fill('送信後')
    await page.route('**/entries/*', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
    await page.getByRole('button', { name: '変更を送る' }).click()
    await page.getByText('まだ送信できていません。').waitFor()
    await page.unroute('**/entries/*')
    await page.reload()
    await page.locator('.receipt .name').getByText('送信後').waitFor()
    await expect.poll(() => teamsNamed('送信後')).toEqual([String(number)])

    const other = await watchedPage(browser, {})
    phones.push(other)
    await other.page.goto(link)
    await other.page.getByRole('button', { name: '内容を変更する' }).click()
    await other.page.getByLabel(teamName).fill('借りた端末')
    await other.page.reload()
    await expect.poll(() => other.page.getByLabel(teamName).inputValue()).toBe('借りた端末')
    expect(await other.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('借りた端末')
  })

  test('[EN48] read only when entries are closed, useless when it is cut off, forgotten when asked', async () => {
    const first = await atForm()
    const number = await enter(first.page, '締切後')
    const link = await first.page.locator('input.link').inputValue()
    await openEntries(zekken, { ...askingForm, closesAt: Date.now() - 1000 })
    const phone = await watchedPage(browser, {})
    phones.push(phone)
    const { page } = phone
    await page.goto(link)
    await page.getByText('申込の期間が終わったため').waitFor()
    expect(await page.getByRole('button', { name: /変更する|取り消す/ }).count()).toBe(0)
    await expectSound(phone, 'read only')
    const other = await watchedPage(browser, {})
    phones.push(other)
    await other.page.goto(link.slice(0, link.indexOf('#')))
    await other.page.getByText('このリンクは使えません').waitFor()
    await other.page.goto(`${link.slice(0, -3)}AAA`)
    await other.page.getByText('ZK-ENTRY-004').waitFor()
    await expectSound(other, 'bad link')
    // On the phone that entered it, the form leads back to it.
    await visit(first.page, `${zekken.url}/team/enter/${zekken.event}`)
    await first.page.getByRole('link', { name: '締切後' }).click()
    await first.page.locator('.receipt').waitFor()
    expect(await numberOf(first.page)).toBe(number)
    await first.page.getByRole('button', { name: 'この端末の控えを消す' }).click()
    await first.page.locator('.dialog .button.refuse').click()
    await first.page.getByText('申込は終了しました').waitFor()
    expect(await first.page.getByRole('link', { name: '締切後' }).count()).toBe(0)
  })
})
