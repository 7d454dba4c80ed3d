import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { decide, joinTeam, type TeamPhone } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { networkBack, sizes, untilOffline } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 90_000 })

let zekken: Zekken
let browser: Browser
let desk: DeskBrowser
let core: StaffPhone
let team: TeamPhone
let other: TeamPhone
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  const admin = { role: 'admin', name: '本部 田中' } as const
  ;[desk, core, team, other] = await Promise.all([
    openDeskBrowser(browser, zekken, admin, { language: 'en', scheme: 'light', viewport: sizes.desk }),
    staffPhone(browser, { language: 'ja', scheme: 'dark', workers: 'allow' }),
    staffPhone(browser, { language: 'ja', scheme: 'light', workers: 'allow' }),
    staffPhone(browser, { language: 'en', scheme: 'dark' }),
  ])
  await Promise.all([
    signIn(core, zekken, '受付 佐藤', 'core'),
    joinTeam(team, zekken, '101'),
    joinTeam(other, zekken, '102'),
  ])
  await Promise.all([team, core].map(untilOffline))
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const press = (phone: StaffPhone, name: string) => phone.page.getByRole('button', { name, exact: true }).click()

test('the console posts an urgent notice to one team: it stands before all, is read, and the desk sees on how many phones', async () => {
  const { page } = desk
  await visit(page, `${zekken.url}/admin/notices`)
  await page.locator('.state').waitFor()
  await expectSound(desk, 'no notices')
  await press(desk, 'Post a notice')
  await press(desk, 'Post')
  await page.getByText('Enter a heading.').waitFor()
  await page.getByLabel('Heading').fill('川が増水しています')
  await page.getByLabel('Text').fill('**橋を渡らないで**ください。\n\n- 東へ回る\n- <b>18番は閉鎖</b>')
  await page.getByLabel('To', { exact: true }).selectOption('teams')
  await page.getByLabel('Bib numbers').fill('１０１ 999')
  await page.getByLabel('Urgent').check()
  await page.locator('.dialog .marked li').nth(1).waitFor()
  await expectSound(desk, 'a notice in the making')
  await press(desk, 'Post')
  await page.getByText('There is no team 999.').waitFor()
  await page.getByLabel('Bib numbers').fill('101')
  await press(desk, 'Post')
  await page.locator('.page li h2', { hasText: '川が増水しています' }).waitFor()

  const alert = team.page.locator('.notice.no')
  await alert.getByText('川が増水しています').waitFor()
  await expectSound(team, 'an urgent notice')
  await alert.getByRole('link').click()
  await team.page.locator('.told summary').click()
  await team.page.locator('.marked strong', { hasText: '橋を渡らないで' }).waitFor()
  expect(await team.page.locator('.marked').innerText()).toContain('<b>18番は閉鎖</b>')
  await expectSound(team, 'a notice opened')
  await team.page.locator('.bar .badge').waitFor({ state: 'detached' })
  // Phones tell what they have within seconds, and the desk asks again by itself.
  await page.getByText('On 2 of 2 phones, opened on 1').waitFor({ timeout: 60_000 })
  await expectSound(desk, 'a notice and its phones')
  expect(await other.page.locator('.bar .badge').count()).toBe(0)
})

test('a core phone posts without a network, the server comes back, everyone has it and keeps it when the server is killed', async () => {
  const { page } = core
  await zekken.stop('SIGKILL')
  await page.locator('.bar a[href="/staff/notices"]').click()
  await press(core, 'お知らせを出す')
  await page.getByLabel('見出し').fill('閉会式は15時')
  await page.getByLabel('本文').fill('体育館に集まってください。')
  await expectSound(core, 'a notice in the making on a phone')
  await press(core, '出す')
  await page.locator('main .pill', { hasText: '未送信' }).waitFor()
  await expectSound(core, 'a notice that waits')
  await zekken.start()
  await networkBack({ page })
  await page.locator('.told .heading', { hasText: '閉会式は15時' }).waitFor({ timeout: 60_000 })
  await page.locator('main .pill', { hasText: '未送信' }).waitFor({ state: 'detached' })
  for (const phone of [team, other]) {
    await networkBack(phone)
    await visit(phone.page, `${zekken.url}/team/notices`)
    await phone.page.locator('.told .heading', { hasText: '閉会式は15時' }).waitFor({ timeout: 60_000 })
  }
  await expectSound(other, 'notices in English')
  await zekken.stop('SIGKILL')
  await team.page.reload()
  await team.page.locator('.told .heading', { hasText: '閉会式は15時' }).waitFor()
  await team.page.getByText('川が増水しています').click()
  await team.page.locator('.marked strong', { hasText: '橋を渡らないで' }).waitFor()
  await zekken.start()
})

test('what its author withdraws goes from every phone', async () => {
  const { page } = core
  await networkBack({ page })
  await page.getByText('閉会式は15時').click()
  await press(core, '取り下げる')
  await page.locator('.dialog').waitFor()
  await expectSound(core, 'withdrawing')
  await page.locator('.dialog .button.refuse').click()
  await page.getByText('理由を選ぶか、入力してください。').waitFor()
  await page.getByLabel('状況が変わった').check()
  await page.locator('.dialog .button.refuse').click()
  await page.locator('.told .heading', { hasText: '閉会式は15時' }).waitFor({ state: 'detached', timeout: 60_000 })
  await networkBack(team)
  await team.page.locator('.told .heading', { hasText: '閉会式は15時' }).waitFor({ state: 'detached', timeout: 60_000 })
  await visit(desk.page, `${zekken.url}/admin/notices`)
  await desk.page.getByText('Withdrawn').waitFor({ timeout: 60_000 })
})

test('[NT15] a core phone posts for a later hour without a network: it stands there with its hour, reaches nobody before, and is taken back', async () => {
  const { page } = core
  await zekken.stop('SIGKILL')
  await press(core, 'お知らせを出す')
  await page.getByLabel('見出し').fill('表彰式のあとで')
  const inTokyo = new Date(Date.now() + (9 + 2) * 3_600_000).toISOString()
  await page.getByLabel('出す時刻').fill(inTokyo.slice(0, 16))
  await press(core, '出す')
  const line = page.locator('main li', { hasText: '表彰式のあとで' })
  await line
    .getByText(`予約 ${Number(inTokyo.slice(5, 7))}/${Number(inTokyo.slice(8, 10))} ${inTokyo.slice(11, 16)}`)
    .waitFor()
  await line.locator('.pill', { hasText: '未送信' }).waitFor()
  await expectSound(core, 'a notice for later')
  await zekken.start()
  await networkBack({ page })
  await line.locator('.pill').waitFor({ state: 'detached', timeout: 60_000 })
  await visit(desk.page, `${zekken.url}/admin/notices`)
  await desk.page.locator('.page li', { hasText: '表彰式のあとで' }).getByText('Scheduled').waitFor({ timeout: 60_000 })
  // What is posted after it is there: the one before it would be, too.
  await decide(zekken, { kind: 'notice', title: '弁当が着きました', body: '', audience: {}, urgent: false })
  await networkBack(team)
  await team.page.locator('.told .heading', { hasText: '弁当が着きました' }).waitFor({ timeout: 60_000 })
  expect(await team.page.locator('.told .heading', { hasText: '表彰式のあとで' }).count()).toBe(0)
  await line.getByRole('button', { name: '取り下げる' }).click()
  await page.getByLabel('状況が変わった').check()
  await page.locator('.dialog .button.refuse').click()
  await line.waitFor({ state: 'detached' })
  await desk.page.locator('.page li', { hasText: '表彰式のあとで' }).getByText('Withdrawn').waitFor({ timeout: 60_000 })
})

test('[NT18] what is for another team is on no phone of this one, and what ends at its hour goes by itself, with the server gone', async () => {
  const { page } = team
  const heading = (text: string) => page.locator('.told .heading', { hasText: text })
  const all = { kind: 'notice', body: '', urgent: false, audience: {} }
  await decide(zekken, { ...all, title: '別のチームへ', audience: { teams: ['102'] } })
  const expiresAt = Date.now() + 20_000
  await decide(zekken, { ...all, title: 'まもなく締切', expiresAt })
  await decide(zekken, { ...all, title: '三時間の部へ', audience: { classes: ['three'] } })
  await visit(page, `${zekken.url}/team/notices`)
  await heading('三時間の部へ').waitFor({ timeout: 15_000 })
  await heading('まもなく締切').waitFor()
  expect(await heading('別のチームへ').count()).toBe(0)
  await zekken.stop('SIGKILL')
  await heading('まもなく締切').waitFor({ state: 'detached', timeout: 40_000 })
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt - 1000)
  await heading('三時間の部へ').waitFor()
  await zekken.start()
})
