import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { Browser, Route } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound, expectSoundInBothSizes } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { staffPhone } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { decide, joinTeam, playTwoVisits, type TeamPhone } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { networkBack, sizes, untilOffline } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 90_000 })

let zekken: Zekken
let browser: Browser
let desk: DeskBrowser
let team: TeamPhone
let second: TeamPhone
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  ;[desk, team, second] = await Promise.all([
    openDeskBrowser(
      browser,
      zekken,
      { role: 'core', name: '本部 田中' },
      { language: 'en', scheme: 'light', viewport: sizes.desk },
    ),
    staffPhone(browser, { language: 'ja', scheme: 'light', workers: 'allow' }),
    staffPhone(browser, { language: 'en', scheme: 'dark', viewport: sizes.desk }),
  ])
  await Promise.all([joinTeam(team, zekken, '101'), joinTeam(second, zekken, '101')])
  const [, shrine] = await playTwoVisits(zekken, '101')
  await decide(zekken, { kind: 'review', checkin: shrine, action: 'REJECTED', comment: '祠が写っていません' })
  await untilOffline(team)
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const bubble = ({ page }: Pick<TeamPhone, 'page'>, text: string) => page.locator('.talk > li', { hasText: text })
async function say({ page }: TeamPhone, text: string): Promise<void> {
  await page.locator('textarea').fill(text)
  await page.locator('.say button[type=submit]').click()
}

test('with the server gone a team writes, and asks about a decision with the judge’s words before it; a reload loses nothing', async () => {
  const { page } = team
  await page.locator('.list.numbered li', { hasText: '祠が写っていません' }).waitFor()
  await zekken.stop('SIGKILL')
  await page.locator('.bar a[href="/team/chat"]').click()
  await page.getByText('まだメッセージはありません').waitFor()
  await expectSound(team, 'an empty chat')
  await say(team, '道に迷いました')
  await bubble(team, '道に迷いました').getByText('未送信').waitFor()
  await say(team, '<b>橋</b>は\n渡れますか 👍 \u202eabc')
  await page.locator('.bar a[href="/team/"]').click()
  await page.getByRole('link', { name: '判定について聞く 水神の祠' }).click()
  await page.locator('.say .about', { hasText: '審査員より：祠が写っていません' }).waitFor()
  await page.locator('textarea').fill('右')
  await page.reload()
  await expect.poll(() => page.locator('textarea').inputValue()).toBe('右')
  await expectSound(team, 'a question in the making')
  await say(team, '右の奥に写っています')
  await page.locator('.talk > li').nth(2).waitFor()
  expect(await page.locator('.say .about').count()).toBe(0)
  await page.reload()
  await page.locator('.talk > li .pill.warn').nth(2).waitFor()
  expect(await page.locator('.talk .text').allInnerTexts()).toEqual([
    '道に迷いました',
    '<b>橋</b>は\n渡れますか 👍 \u202eabc',
    '右の奥に写っています',
  ])
  await expectSound(team, 'messages that wait')
})

test('back at the network each message arrives once; the desk sees who waits, the evidence, and the team that it was read', async () => {
  await zekken.start()
  await networkBack(team)
  await team.page.locator('.talk > li .pill.warn').first().waitFor({ state: 'detached', timeout: 60_000 })
  const { page } = desk
  await visit(page, `${zekken.url}/admin/`)
  await page.locator('.desk-nav a', { hasText: 'Chat' }).locator('.pill', { hasText: '3' }).waitFor({ timeout: 60_000 })
  await page.locator('.desk-nav a', { hasText: 'Chat' }).click()
  await page.locator('.threads .pill', { hasText: '3 unread' }).waitFor()
  await expectSoundInBothSizes(desk, 'threads')
  await page.locator('.threads a').click()
  await page.locator('.chat-thread .talk > li').nth(2).waitFor()
  expect(await page.locator('.chat-thread .talk .text').allInnerTexts()).toHaveLength(3)
  const question = page.locator('.chat-thread .bubble', { hasText: '右の奥に写っています' })
  await question.getByText('祠が写っていません').waitFor()
  expect(await question.getByRole('link', { name: 'See the evidence' }).getAttribute('href')).toBe('/admin/teams/101')
  await page.locator('.threads .pill', { hasText: 'unread' }).waitFor({ state: 'detached', timeout: 30_000 })
  await expectSoundInBothSizes(desk, 'a thread')
  await expect.poll(() => team.page.getByText('本部が読みました').count(), { timeout: 30_000 }).toBe(3)
  await expectSound(team, 'messages that were read')
})

test('the desk takes the thread and answers with a canned reply; a phone of the team reads it, the desk sees so, and done is reopened by a further word', async () => {
  const { page } = desk
  // Whoever looks at the chat reads what comes.
  await team.page.locator('.bar a[href="/team/"]').click()
  await page.getByRole('button', { name: 'Edit canned replies' }).click()
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByLabel('Japanese').fill('審査員に確認します。')
  await page.getByLabel('English').fill('We are asking the judge.')
  await expectSoundInBothSizes(desk, 'canned replies')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Take it' }).click()
  await page.locator('.step', { hasText: '本部 田中 assigned it to 本部 田中' }).waitFor()
  await bubble(desk, '右の奥に写っています').getByRole('button', { name: 'Reply' }).click()
  await page.getByLabel('Insert a canned reply').selectOption({ label: '審査員に確認します。' })
  await page.locator('textarea').press('Control+Enter')
  await bubble(desk, '審査員に確認します。').getByText('Not read yet').waitFor()
  await page.getByRole('button', { name: 'Mark as done' }).click()
  await page.locator('.chat-head .pill', { hasText: 'Done' }).waitFor()

  await networkBack(second)
  await second.page.locator('.bar .badge', { hasText: '1' }).waitFor({ timeout: 60_000 })
  await second.page.locator('.bar a[href="/team/chat"]').click()
  await bubble(second, '審査員に確認します。').getByText('In reply to “右の奥に写っています”').waitFor()
  await bubble(second, '道に迷いました').getByText('Another phone').waitFor()
  await expectSoundInBothSizes(second, 'the chat on the second phone')
  await second.page.locator('.bar .badge').waitFor({ state: 'detached' })
  await bubble(desk, '審査員に確認します。')
    .getByText(/^Read /)
    .waitFor({ timeout: 30_000 })
  await say(second, 'Thank you')
  await team.page.locator('.bar a[href="/team/chat"]').click()
  await bubble(team, 'Thank you').getByText('別の端末').waitFor({ timeout: 30_000 })
  await page.locator('.chat-head .pill', { hasText: 'Done' }).waitFor({ state: 'detached', timeout: 30_000 })
})

test('what its author takes back goes from the team’s phones, stays in the log, and the log is saved as a table', async () => {
  await bubble(team, '道に迷いました').getByRole('button', { name: '取り消す' }).click()
  await expectSound(team, 'taking back')
  await team.page.locator('.dialog .button.refuse').click()
  await team.page.getByText('取り消しました').waitFor()
  await second.page.getByText('Taken back').waitFor({ timeout: 30_000 })
  expect(await second.page.getByText('道に迷いました').count()).toBe(0)
  const { page } = desk
  await bubble(desk, '道に迷いました').getByText('Taken back').waitFor({ timeout: 30_000 })
  await page.getByPlaceholder('Narrow by number').fill('１０１ 長良川')
  await page.locator('.threads a').waitFor()
  await page.getByPlaceholder('Narrow by number').fill('奥に写って')
  await page.locator('.threads a').waitFor()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const log = await readFile(await (await saved).path(), 'utf8')
  expect(log.startsWith('\uFEFF"Number"')).toBe(true)
  expect(log).toContain('"審査員に確認します。"')
  expect(log).toContain('"道に迷いました"')
  expect(log.split('\r\n').filter((line) => line.startsWith('"101"'))).toHaveLength(7)
})

test('a message that the server refuses says so with number and code to read out, and goes once it is sent again', async () => {
  const { page } = second
  const refuse = async (route: Route) => {
    const body = route.request().postDataBuffer() ?? Buffer.alloc(0)
    const packed = route.request().headers()['content-encoding'] === 'gzip'
    const { docs } = JSON.parse((packed ? gunzipSync(body) : body).toString()) as { docs: { _id: string }[] }
    const code = 'ZK-FACT-004'
    const rows = docs.map(({ _id }) => ({
      id: _id,
      error: 'forbidden',
      name: 'forbidden',
      reason: `${code}: later`,
      code,
    }))
    await route.fulfill({ status: 201, json: rows, headers: { 'x-zekken-time': String(Date.now()) } })
  }
  await page.route('**/_bulk_docs', refuse)
  await say(second, 'Is the bridge open?')
  await bubble(second, 'Is the bridge open?').getByText('Cannot be sent').waitFor({ timeout: 30_000 })
  const notice = page.locator('.notice.no[role=alert]')
  await notice.getByText('101 ZK-FACT-004').waitFor()
  await expectSound(second, 'a refused message')
  await page.unroute('**/_bulk_docs', refuse)
  await notice.getByRole('button', { name: 'Send again' }).click()
  await notice.waitFor({ state: 'detached', timeout: 30_000 })
  await bubble(team, 'Is the bridge open?').waitFor({ timeout: 30_000 })
})

test('an agent hears in which thread something new was said, and answers there as an agent', async () => {
  const agent = await staffPhone(browser, { language: 'en', scheme: 'light' })
  await agent.page.goto(await zekken.invite('agent', '引率の先生', ['101', '102']))
  await agent.page.locator('.sign-in .button.main:enabled').click()
  await agent.page.locator('.own-number').waitFor()
  await decide(zekken, { kind: 'chat', team: '102', text: 'Where are you?' })
  await agent.page.locator('.bar a[href="/team/chat"]').click()
  await agent.page.getByText('102: 1 unread').waitFor({ timeout: 60_000 })
  const newest = () =>
    agent.page
      .locator('.talk > li')
      .last()
      .evaluate((item) => item.getBoundingClientRect().bottom)
  const form = () => agent.page.locator('.say').evaluate((item) => item.getBoundingClientRect().top)
  await expect.poll(async () => (await newest()) <= (await form())).toBe(true)
  await expectSound(agent, 'the chat of an agent')
  await agent.page.locator('select').selectOption('102')
  await bubble(agent, 'Where are you?').getByText('Headquarters').waitFor()
  await say(agent, 'At the bridge')
  await visit(desk.page, `${zekken.url}/admin/chat/102`)
  await bubble(desk, 'At the bridge').getByText('引率の先生 · Agent').waitFor({ timeout: 30_000 })
  await agent.context.close()
})

test('the desk is as sound in Japanese and in the dark', async () => {
  const { page } = desk
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => localStorage.setItem('zekken.language', 'ja'))
  await visit(page, `${zekken.url}/admin/chat/101`)
  await bubble(desk, '右の奥に写っています').getByText('判定についての質問').waitFor()
  await expectSoundInBothSizes(desk, 'a thread in Japanese, dark')
})
