import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSoundInBothSizes } from '../support/expect-sound.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'

let zekken: Zekken
let browser: Browser
let one: DeskBrowser
let two: DeskBrowser
const timeout = 120_000

beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  await playCheckins(zekken, '101', [{ checkpoint: '18', lat: 35.4381, lng: 136.7755, minutesAgo: 40 }])
  one = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' })
  two = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 副管理者' })
}, timeout)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const go = (desk: DeskBrowser, path: string) => desk.page.goto(`${zekken.url}/admin/${path}`)
const radius = (desk: DeskBrowser) => desk.page.getByLabel('許容距離（m）')
const check = (desk: DeskBrowser) => desk.page.getByRole('button', { name: '影響を確認して保存' }).click()
const save = (desk: DeskBrowser) => desk.page.getByRole('button', { name: 'この内容で保存する' }).click()

test(
  '[CB6] a stricter rule shows whose points it takes before it is saved, and takes them then',
  async () => {
    await go(one, 'setup/rules')
    await radius(one).fill('20')
    await check(one)
    const row = one.page.locator('dialog tr', { hasText: '101' })
    await row.getByText('18 → 0').waitFor()
    await expectSoundInBothSizes(one, 'effect')
    await save(one)
    await one.page.getByText('保存しました').waitFor()
    await go(one, 'rankings')
    await one.page.locator('.ranking tr', { hasText: '101' }).locator('.why.strong', { hasText: '0' }).waitFor()
    expect(one.complaints()).toEqual([])
  },
  timeout,
)

test(
  '[CB7] two admins who save the same are shown both versions, and nothing is lost unasked',
  async () => {
    await go(one, 'setup/rules')
    await radius(one).fill('30')
    await go(two, 'setup/rules')
    await radius(two).fill('40')
    await check(two)
    await save(two)
    await two.page.getByText('保存しました').waitFor()
    await check(one)
    await save(one)
    const clash = one.page.getByRole('dialog', { name: '他の人が先に変更しました' })
    await clash.getByRole('row', { name: /許容距離.*30.*40/ }).waitFor()
    await expectSoundInBothSizes(one, 'clash')
    await clash.getByRole('button', { name: '自分の変更で続ける' }).click()
    await save(one)
    await one.page.getByText('保存しました').waitFor()
    const { event } = (await zekken.get(`/api/events/${zekken.event}/plan`)) as {
      event: { rules: { radiusMeters: number } }
    }
    expect(event.rules.radiusMeters).toBe(30)
  },
  timeout,
)

test(
  '[U9] an event is stopped at this moment, its effect shown before, and ends as planned again when another admin says so',
  async () => {
    const endsAt = async () =>
      ((await zekken.get(`/api/events/${zekken.event}/plan`)) as { event: { endsAt: number } }).event.endsAt
    const planned = await endsAt()
    await go(one, 'setup/event')
    const before = Date.now()
    await one.page.getByRole('button', { name: '大会を今すぐ終える' }).click()
    await save(one)
    const undo = { name: /終了時刻を .* に戻す/ } as const
    await one.page.getByRole('button', undo).waitFor()
    expect(await endsAt()).toBeGreaterThanOrEqual(before)
    expect(await endsAt()).toBeLessThanOrEqual(Date.now())
    await go(two, 'setup/event')
    await two.page.getByRole('button', undo).click()
    await save(two)
    await two.page.getByRole('button', { name: '大会を今すぐ終える' }).waitFor()
    expect(await endsAt()).toBe(planned)
  },
  timeout,
)

test('[U9] an event that is made shorter shows first who loses what, in points and places, and takes it then', async () => {
  const visits = (shrine: number, goal: number) => [
    { checkpoint: '18', lat: 35.4378, lng: 136.7755, minutesAgo: shrine },
    { checkpoint: 'G', lat: 35.4331, lng: 136.7727, minutesAgo: goal },
  ]
  await playCheckins(zekken, '102', visits(20, 5))
  await playCheckins(zekken, '103', visits(40, 3))
  for (const team of ['102', '103']) await expect.poll(() => netOf(team)).toBe(18)
  await go(one, 'setup/event')
  const ends = one.page.getByLabel('終了', { exact: true })
  const planned = await ends.inputValue()
  const wall = (ms: number) => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16)
  await ends.fill(wall(Date.now() - 30 * 60_000))
  await check(one)
  const row = one.page.locator('dialog tr', { hasText: '102' })
  await row.getByText('18 → 0').waitFor()
  await row.getByText('3時間 混合 1 → 2').waitFor()
  await expectSoundInBothSizes(one, 'a shorter event')
  expect(await netOf('102')).toBe(18)
  await save(one)
  await one.page.getByText('保存しました').waitFor()
  await expect.poll(() => netOf('102')).toBe(0)

  await ends.fill(planned)
  await check(one)
  await row.getByText('0 → 18').waitFor()
  await save(one)
  await expect.poll(() => netOf('102')).toBe(18)
  expect(one.complaints()).toEqual([])
}, 120_000)

test(
  '[CB16] what the server finds wrong with a form is told beside its field, in the language on screen',
  async () => {
    await go(one, 'setup/rules')
    const radius = one.page.getByRole('spinbutton', { name: '許容距離' })
    await radius.fill('0')
    await one.page.getByRole('button', { name: '影響を確認して保存' }).click()
    await one.page.locator('.field', { has: radius }).getByText('小さすぎます').waitFor()
    await one.page.getByText('直すところがあります').waitFor()
    await go(one, 'invitations')
    await one.page.getByLabel('役割').selectOption('participant')
    await one.page.locator('form input').nth(0).fill('里山')
    await one.page.locator('form input').nth(1).fill('101 102')
    await one.page.locator('form .button.main').click()
    await one.page.locator('.field').getByText('この役割に合いません').waitFor()
    await one.page.locator('form input').nth(1).fill('10-1')
    await one.page.locator('form .button.main').click()
    await one.page.locator('.field').getByText('この形では使えません').waitFor()
    expect(one.complaints()).toEqual([])
  },
  timeout,
)

test(
  '[CB8] an import names its bad line, takes the good ones, and the teams are there',
  async () => {
    await go(one, 'setup/imports')
    const choose = (text: string) =>
      one.page
        .locator('input[type=file]')
        .nth(1)
        .setInputFiles({ name: 'teams.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await choose('ゼッケン,チーム名,クラス\n501,"取り込み隊,three\n502,,three')
    await one.page.getByRole('alert').getByText('2行目: この行で始まる引用符（"）が閉じられていません').waitFor()
    await choose('ゼッケン,チーム名,クラス,住所\n501,取り込み隊,three,岐阜市\n502,,three')
    await one.page.getByText('取り込まない列: 住所').waitFor()
    await one.page.locator('.line-bad', { hasText: '502' }).getByText('名前: 空です').waitFor()
    await one.page.getByRole('button', { name: '1件を取り込む' }).click()
    await one.page.getByText('1件を取り込みました').waitFor()
    await go(one, 'teams')
    await one.page.getByRole('searchbox').fill('とりこみ')
    await one.page.getByText('該当するチームがありません').waitFor()
    await one.page.getByRole('searchbox').fill('取り込み')
    await one.page.locator('.list .cover', { hasText: '取り込み隊' }).waitFor()
    expect(one.complaints()).toEqual([])
  },
  timeout,
)

test('[CB7] what is typed the moment a form is there stays', async () => {
  await two.context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const labels = [...document.querySelectorAll('label')]
      const field = labels.find(({ textContent }) => textContent?.includes('許容距離'))?.control
      if (!(field instanceof HTMLInputElement)) return
      observer.disconnect()
      field.value = '77'
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }).observe(document, { childList: true, subtree: true })
  })
  await go(two, 'setup/rules')
  await radius(two).waitFor()
  await expect.poll(() => two.page.getByRole('button', { name: '影響を確認して保存' }).isEnabled()).toBe(true)
  expect(await radius(two).inputValue()).toBe('77')
})

async function netOf(team: string): Promise<number | undefined> {
  const { card } = (await zekken.get(`/api/events/${zekken.event}/teams/${team}`)) as { card: Card | null }
  return card?.points.net
}
