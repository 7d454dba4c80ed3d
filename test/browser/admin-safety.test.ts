import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ulid } from '../../design-docs/ids.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSoundInBothSizes } from '../support/expect-sound.ts'
import { openEntries } from '../support/open-entries.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { staffPhone } from '../support/staff-phone.ts'
import { gifu, type Zekken } from '../support/start-zekken.ts'
import { decide, joinTeam, playTwoVisits, type TeamPhone } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 90_000 })

let zekken: Zekken
let browser: Browser
let admin: DeskBrowser
let judge: DeskBrowser
let team: TeamPhone
const shrine = { checkpoint: '18', lat: 35.4378, lng: 136.7755 }

beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  await openEntries(zekken, { firstNumber: 301, phone: 'required' })
  const entry = {
    name: '里山ハイカーズ',
    mail: 'runner@example.org',
    phone: '090-1234-5678',
    classIds: ['three'],
    members: [{ name: '山田\u3000太郎', kana: 'ヤマダ\u3000タロウ' }],
  }
  const draft = ulid(Date.now(), randomBytes(10))
  await zekken.post(`/api/events/${zekken.event}/entries`, { draft, entry, language: 'ja' })
  // Two places 650 m apart within a minute.
  await playCheckins(zekken, '102', [
    { ...shrine, minutesAgo: 30 },
    { checkpoint: '34', ...gifu, minutesAgo: 29 },
  ])
  const [, doubted] = await playTwoVisits(zekken, '103')
  await decide(zekken, { kind: 'review', checkin: doubted, action: 'REJECTED', comment: '祠が写っていません' })
  const desk = { language: 'en', scheme: 'light', viewport: sizes.desk } as const
  ;[admin, judge, team] = await Promise.all([
    openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 田中' }, desk),
    openDeskBrowser(browser, zekken, { role: 'judge', name: '審査 森' }, { ...desk, scheme: 'dark' }),
    staffPhone(browser, { language: 'ja', scheme: 'light' }),
  ])
  await joinTeam(team, zekken, '301')
}, 120_000)
afterAll(async () => {
  expect([...admin.complaints(), ...judge.complaints()]).toEqual([])
  await browser?.close()
  await zekken?.end()
})

const go = ({ page }: DeskBrowser, path: string) => visit(page, `${zekken.url}/admin/${path}`)

test('[CB41] a call for help is at the desk with its number to ring, for admins alone, and over once somebody says so', async () => {
  await go(admin, 'out')
  await go(judge, 'out')
  await team.page.getByRole('button', { name: '助けを呼ぶ' }).click()
  await team.page.getByLabel('どうしましたか').fill('足をくじいた')
  await team.page.getByRole('button', { name: '助けを求める' }).click()
  await team.page.getByRole('button', { name: 'もう大丈夫です' }).waitFor()
  const line = ({ page }: DeskBrowser) => page.locator('main li', { hasText: '足をくじいた' })
  await line(admin).locator('a[href="tel:09012345678"]').waitFor()
  await line(judge).getByRole('link', { name: /301/ }).waitFor()
  await judge.page.getByText('Only admins see phone numbers.').waitFor()
  expect(await judge.page.locator('a[href^="tel:"]').count()).toBe(0)
  expect(await judge.page.content()).not.toContain('1234')
  await expectSoundInBothSizes(admin, 'a call for help')
  await line(judge).getByRole('button', { name: 'Resolved' }).click()
  await line(admin).waitFor({ state: 'detached' })
  await line(judge).waitFor({ state: 'detached' })
  await team.page.getByRole('button', { name: '助けを呼ぶ' }).waitFor()
})

test('[CB42] what one team cannot have recorded is listed with both places, times, phones and the speed, and saved as a table', async () => {
  const { page } = admin
  await go(admin, 'disputes/doubles')
  const row = page.locator('tbody tr', { hasText: '102' })
  await row.getByText('Too fast').waitFor()
  const said = (await row.innerText()).replaceAll('\n', ' ')
  expect(said).toMatch(/CP 18.*CP 34/)
  const [, meters, speed] = /(\d+) m in 1:00 ([\d.]+) km\/h/.exec(said) ?? []
  expect(Number(meters)).toBeGreaterThan(600)
  expect(Math.abs(Number(speed) - (Number(meters) / 1000) * 60)).toBeLessThan(0.1)
  await expectSoundInBothSizes(admin, 'double scans')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const table = await readFile(await (await saving).path(), 'utf8')
  expect(table.split('\n').filter((line) => line.includes('102'))).toHaveLength(1)
})

test('[CB43] a team’s question about a decision is a protest at the desk, answered there, and leads to the decision', async () => {
  const { page } = admin
  await go(admin, 'disputes/protests')
  await page.getByText('There are no protests').waitFor()
  const other = await staffPhone(browser, { language: 'ja' })
  await joinTeam(other, zekken, '103')
  await other.page.getByRole('link', { name: '判定について聞く 水神の祠' }).click()
  await other.page.locator('textarea').fill('右の奥に写っています')
  await other.page.locator('.say button[type=submit]').click()
  const line = page.locator('main li', { hasText: '右の奥に写っています' })
  await line.getByText('Open', { exact: true }).waitFor()
  await line.getByText('Now: Rejected').waitFor()
  await expectSoundInBothSizes(admin, 'a protest')
  await line.getByRole('link', { name: 'Open the thread' }).click()
  await page.locator('textarea').fill('見直します')
  await page.locator('.say button[type=submit]').click()
  await other.page.locator('.talk > li', { hasText: '見直します' }).waitFor()
  await go(admin, 'disputes/protests')
  await line.getByText('Answered', { exact: true }).waitFor()
  await line.getByText('見直します').waitFor()
  await line.getByRole('link', { name: 'See the decision' }).click()
  await page.getByText('祠が写っていません').first().waitFor()
  await other.context.close()
})

test('[CB44] who has not seen a notice is named: teams without a phone, and phones, until they have shown it', async () => {
  const { page } = admin
  await go(admin, 'notices')
  await page.getByRole('button', { name: 'Post a notice' }).click()
  await page.getByLabel('Heading').fill('橋は通れません')
  await page.getByLabel('Text').fill('東へ回ってください。')
  await page.getByRole('button', { name: 'Post', exact: true }).click()
  const line = page.locator('.page li', { hasText: '橋は通れません' })
  await line.getByRole('button', { name: 'Who has not seen it' }).click()
  const dialog = page.getByRole('dialog')
  const entry = (number: string) => dialog.locator('li', { has: page.locator(`a[href="/admin/teams/${number}"]`) })
  await entry('101').getByText('no phone').waitFor()
  await entry('301').getByText('phones: 1').waitFor()
  await expectSoundInBothSizes(admin, 'who has not seen a notice')
  await team.page.locator('.bar .badge').waitFor()
  await team.page.locator('.bar a[href="/team/notices"]').click()
  await team.page.locator('.told summary', { hasText: '橋は通れません' }).click()
  await entry('301').waitFor({ state: 'detached', timeout: 60_000 })
  await entry('101').waitFor()
})
