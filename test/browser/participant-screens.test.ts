import { randomBytes } from 'node:crypto'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ulid } from '../../design-docs/ids.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { openEntries } from '../support/open-entries.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { staffPhone } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { decide, joinTeam, playTwoVisits, type TeamPhone } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

// Looking through a whole screen for what hinders takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  const [lookout] = await playTwoVisits(zekken, '128')
  await decide(zekken, { kind: 'review', checkin: lookout, action: 'REJECTED', comment: '対象物が写っていません' })
  await decide(zekken, { kind: 'adjustment', team: '128', points: 10, reason: '給水所の手伝い' })
  await decide(zekken, { kind: 'retire', team: '102', reason: '足首のけが' })
  await decide(zekken, { kind: 'ruling', team: '103', status: 'disqualified', reason: '立入禁止の場所に入った' })
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const looks = [
  { language: 'ja', scheme: 'light', viewport: sizes.phone },
  { language: 'en', scheme: 'dark', viewport: sizes.phone },
  { language: 'en', scheme: 'light', viewport: sizes.desk },
] as const

describe.each(looks)("in $language, $scheme, $viewport.width wide, the team's screens are sound:", (look) => {
  let phone: TeamPhone
  beforeAll(async () => {
    phone = await staffPhone(browser, look)
  })
  afterAll(() => phone?.context.close())

  test('sign-in, an invitation for another app, an invitation', async () => {
    const { page } = phone
    await visit(page, `${zekken.url}/team/`)
    await page.locator('.sign-in form').first().waitFor()
    await expectSound(phone, 'sign-in')
    await page.goto((await zekken.invite('staff', '受付 佐藤')).replace('/staff/', '/team/'))
    await page.locator('.state').waitFor()
    expect(await page.locator('.sign-in .button.main').count()).toBe(0)
    await expectSound(phone, 'wrong app')
    await page.locator('.state .button').click()
    await page.goto(await zekken.invite('participant', '髙﨑 美咲', ['128']))
    await page.locator('.sign-in .button.main:enabled').waitFor()
    await expectSound(phone, 'invited')
  })

  test('card, connection and settings, sign-out, a path that leads nowhere', async () => {
    const { page } = phone
    await joinTeam(phone, zekken, '128')
    await page.locator('.list.numbered li').nth(1).waitFor()
    await page.locator('.next-step').waitFor()
    await page.locator('.own-number a').click()
    await page.locator('.bib-on-screen img').waitFor()
    await visit(page, `${zekken.url}/team/ready`)
    await page.locator('.ready-item').first().waitFor()
    await page.locator('.strip').click()
    await page.locator('.screen-action').waitFor()
    await page.locator('.sheet .button.wide').last().click()
    await page.locator('.dialog').waitFor()
    await expectSound(phone, 'leave')
    await page.keyboard.press('Escape')
    await visit(page, `${zekken.url}/team/nowhere`)
    await page.locator('.state .button.main').click()
    await page.locator('.own-number').waitFor()
    await page.locator('.strip').focus()
    const targets = page.locator('a.strip, button, select, .button')
    for (const target of await targets.all()) {
      const { height = 0 } = (await target.boundingBox()) ?? {}
      expect(height).toBeGreaterThanOrEqual(48)
    }
  })

  if (look.viewport === sizes.desk) return
  test('text twice as large', async () => {
    const { page } = phone
    for (const path of ['', 'ready', 'number', 'status']) {
      await visit(page, `${zekken.url}/team/${path}`)
      await page.locator('main h1').waitFor({ state: 'attached' })
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%'
      })
      await expectSound(phone, `large text of /team/${path}`)
    }
  })
})

describe('what the card says', () => {
  let phone: TeamPhone
  beforeAll(async () => {
    phone = await staffPhone(browser)
  })
  afterAll(() => phone?.context.close())
  const lines = async (selector: string) =>
    (await phone.page.locator(selector).innerText()).split('\n').filter((line) => line.trim() !== '')

  test('points with what moved them, in a sum that adds up, and what still waits below it', async () => {
    await joinTeam(phone, zekken, '128')
    await phone.page.getByText('給水所の手伝い').waitFor()
    const said = (await lines('.sum')).join(' ').replace(/\d\d:\d\d/, '')
    expect(said).toMatch(/確定 審査員が承認 0 自動承認 .* 0 調整 給水所の手伝い・ \+10 合計 10 審査待ち .* \(\+18\)/)
  })

  test('each checkpoint with its status, time, distance and why', async () => {
    const rows = phone.page.locator('.list.numbered li')
    const [shrine, lookout] = await rows.allInnerTexts()
    expect(shrine).toMatch(
      /18\s+水神の祠 18点\s+審査待ち\s+\d\d:\d\d・64\sm・写真あり\s+チェックポイントから離れすぎています（50\sm以内が必要）/,
    )
    expect(lookout).toMatch(/34\s+金華山展望台\s+却下\s+\d\d:\d\d・0\sm・写真あり\s+審査員より：対象物が写っていません/)
  })

  test.each([
    ['102', /リタイアしました \d\d:\d\d\s+足首のけが/, 'リタイアのため、順位がつきません'],
    ['103', /失格になりました\s+立入禁止の場所に入った/, '失格のため、順位がつきません'],
  ])('team %s is told why it is not placed', async (team, standing, placing) => {
    const other = await staffPhone(browser)
    await joinTeam(other, zekken, team)
    await other.page.getByText(placing).waitFor()
    expect(await other.page.locator('.team-head').innerText()).toMatch(standing)
    await expectSound(other, `team ${team}`)
    await other.context.close()
  })

  test('an agent changes between the teams it acts for, and sees no other', async () => {
    const agent = await staffPhone(browser)
    const { page } = agent
    await page.goto(await zekken.invite('agent', '引率の先生', ['101', '128']))
    await page.locator('.sign-in .button.main:enabled').click()
    await page.locator('.own-number').getByText('101').waitFor()
    expect(await page.locator('select option').allInnerTexts()).toEqual(['101', '128'])
    await page.locator('select').selectOption('128')
    await page.getByRole('link', { name: '判定について聞く 水神の祠' }).waitFor()
    await page.reload()
    await page.locator('.own-number').getByText('128').waitFor()
    await agent.context.close()
  })
})

test('a phone that is there before its team has the card by itself, soon after the entry', async () => {
  await openEntries(zekken, { firstNumber: 301 })
  const { page, context } = await staffPhone(browser)
  await page.goto(await zekken.invite('participant', 'Team 301', ['301']))
  await page.locator('.sign-in .button.main:enabled').click()
  await page.locator('.state .team-bib', { hasText: '301' }).waitFor()
  const entry = {
    name: '里山ハイカーズ',
    mail: 'runner@example.org',
    classIds: ['three'],
    members: [{ name: '山田 太郎', kana: 'やまだ たろう' }],
  }
  const draft = ulid(Date.now(), randomBytes(10))
  await zekken.post(`/api/events/${zekken.event}/entries`, { draft, entry, language: 'ja' })
  await page.locator('.own-number', { hasText: '301' }).waitFor({ timeout: 20_000 })
  await context.close()
})
