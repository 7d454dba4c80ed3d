import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound, expectSoundInBothSizes } from '../support/expect-sound.ts'
import { phoneWithoutScreen } from '../support/phone-without-screen.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { joinTeam } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { sizes, untilOffline, watchedPage } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await startZekken({ protestUntil: Date.now() + 3_600_000 })
  browser = await sharedChromium()
  await playCheckins(zekken, '101', [
    { checkpoint: '18', lat: 35.4378, lng: 136.7755, minutesAgo: 40 },
    { checkpoint: 'G', lat: 35.4331, lng: 136.7727, minutesAgo: 10 },
  ])
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

test('[DY3] what the console publishes is on the large screen and on team phones, with the server gone too, until it is taken back', async () => {
  const admin = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' })
  const { page: desk } = admin
  await visit(desk, `${zekken.url}/admin/rankings/_overall`)
  await desk.getByRole('cell', { name: '1', exact: true }).first().waitFor()

  const wall = await watchedPage(browser, { viewport: sizes.desk, language: 'en', scheme: 'dark', workers: 'allow' })
  const { page: screen } = wall
  await screen.goto(await zekken.invite('display', 'Hall'))
  expect(new URL(screen.url()).pathname).toBe('/display/')
  await screen.locator('.sign-in .button.main').click()
  await screen.getByLabel('Language').selectOption('en')
  await screen.getByRole('heading', { name: 'No results are published yet' }).waitFor()
  await expectSoundInBothSizes(wall, 'nothing published')

  await desk.getByLabel('すべてのクラスと総合に対して行う').check()
  await desk.getByRole('button', { name: '公開する…' }).click()
  await expectSound(admin, 'before publishing')
  await desk.getByRole('button', { name: 'この内容で公開する' }).click()
  await desk.getByText('公開中', { exact: true }).first().waitFor()
  await screen.getByRole('row', { name: /1 101 長良川ランナーズ 18/ }).waitFor()
  await screen.getByText(/^Protests until /).waitFor()
  await expectSoundInBothSizes(wall, 'published')

  await desk.getByRole('button', { name: 'スナップショット' }).click()
  await desk.getByText('順位も得点も変わっていません。').waitFor()
  await desk.getByRole('button', { name: '順位の決め方' }).click()
  await desk.getByText(/3時間.*制限時間180分/).waitFor()
  await expectSoundInBothSizes(admin, 'the rules in words')

  const team = await watchedPage(browser, {})
  await joinTeam(team, zekken, '101')
  await team.page.getByText(/公開された順位/).waitFor()
  await team.page.getByText(/まで、チャットで受け付けます/).waitFor()
  await expectSound(team, 'a published place')

  await screen.mouse.move(50, 50)
  await screen.getByRole('button', { name: 'Pause' }).click()
  await screen
    .getByRole('heading', { name: 'Overall' })
    .or(screen.getByRole('heading', { name: '3 hours' }))
    .waitFor()
  if (await screen.getByRole('heading', { name: '3 hours' }).isVisible()) {
    await screen.locator('h1').click()
    await screen.keyboard.press('ArrowRight')
  }
  await screen.getByRole('heading', { name: 'Overall' }).waitFor()
  await screen.getByLabel('Language').selectOption('ja')
  await screen.getByRole('heading', { name: '総合' }).waitFor()
  await untilOffline(wall)
  await zekken.stop()
  await screen.reload()
  await screen.getByRole('row', { name: /1 101 長良川ランナーズ 18/ }).waitFor()
  await screen.getByText(/接続が切れています/).waitFor()
  await expectSound(wall, 'without a server')

  await zekken.start()
  await desk.getByRole('button', { name: '公開をやめる' }).click({ timeout: 40_000 })
  await desk.getByRole('dialog').getByRole('button', { name: '公開をやめる' }).click()
  await screen.getByRole('heading', { name: '結果はまだ公開されていません' }).waitFor({ timeout: 60_000 })
  await team.page.getByText(/公開された順位/).waitFor({ state: 'detached', timeout: 60_000 })
})

test('[DY4] more than one sheet of teams turn by themselves, one language a round, until somebody stops them', async () => {
  const many = Array.from({ length: 9 }, (_, n) => String(601 + n))
  const crowd = await startZekken({
    teams: many.map((team) => ({ team, name: `第${team}隊`, classIds: ['three'], members: [] })),
  })
  onTestFinished(() => crowd.end())
  const phone = await phoneWithoutScreen(crowd, 'core', 9)
  for (const team of many)
    phone.record('checkin', Date.now() - 600_000, { team, checkpoint: 'G', method: 'qr', verified: true })
  expect(await phone.deliver()).toBe(0)
  const admin = await openDeskBrowser(browser, crowd, { role: 'admin', name: '本部' })
  await visit(admin.page, `${crowd.url}/admin/rankings/_overall`)
  await admin.page.locator('.ranking tr', { hasText: '609' }).getByText('1', { exact: true }).first().waitFor()
  await admin.page.getByRole('button', { name: '公開する…' }).click()
  await admin.page.getByRole('button', { name: 'この内容で公開する' }).click()

  const wall = await watchedPage(browser, { viewport: sizes.desk, language: 'en' })
  const { page: screen } = wall
  await screen.clock.install()
  await screen.goto(await crowd.invite('display', 'Hall'))
  await screen.locator('.sign-in .button.main').click()
  const rows = () => screen.locator('tbody tr')
  await expect.poll(() => rows().count(), { timeout: 40_000 }).toBe(8)
  await screen.getByRole('heading', { name: 'Overall' }).waitFor()
  await screen.getByText('1 / 2').waitFor()
  await screen.clock.runFor(12_500)
  await expect.poll(() => rows().count()).toBe(1)
  await screen.getByText('2 / 2').waitFor()
  await expectSoundInBothSizes(wall, 'the second sheet')
  await screen.clock.runFor(12_500)
  await screen.getByRole('heading', { name: '総合' }).waitFor()
  await expect.poll(() => rows().count()).toBe(8)
  await screen.mouse.move(60, 60)
  await screen.getByRole('button', { name: '止める' }).click()
  await screen.clock.runFor(40_000)
  expect(await rows().count()).toBe(8)
})
