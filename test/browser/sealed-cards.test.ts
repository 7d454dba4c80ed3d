import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { menuBits } from '../../design-docs/menus.ts'
import type { MenusDoc } from '../../design-docs/plan.ts'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { eventDatabases, everythingStored } from '../support/phone-storage.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, standAt, useWedge, wedgeScan } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { networkBack, untilOffline } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
let phone: StaffPhone
beforeAll(async () => {
  zekken = await sharedZekken({ menus: {} })
  browser = await sharedChromium()
  phone = await staffPhone(browser, { workers: 'allow' })
  await signIn(phone, zekken)
  await standAt(phone, zekken, /^34/)
  await useWedge(phone)
  await untilOffline(phone)
})
afterAll(async () => {
  await phone?.context.close()
  await browser?.close()
  await zekken?.end()
})

const bib = (number: string) => bibText({ dataDir: zekken.dataDir, event: zekken.event, number })
/** Which databases tell of a team. What everyone is shown, rankings with the names of teams, is no secret of staff's. */
async function telling(): Promise<string[]> {
  const found = Object.entries(await everythingStored(phone.page))
  expect(found.length).toBeGreaterThan(4)
  const isTold = ([name, text]: [string, string]) =>
    /髙﨑|𠮷田|ヨシダ|card:1/.test(text) || (!name.includes('-board@') && /里山|長良川|O'Brien|川原町/.test(text))
  return found.filter(isTold).map(([name]) => name.replace(/^.*-(\w+)@.*$/, '$1'))
}
/** Which of the two databases about teams the phone keeps. */
const carried = async () => {
  const names = await eventDatabases(phone.page)
  return ['roster', 'gate'].filter((kind) => names.some((name) => name.includes(`-${kind}@`)))
}
async function saveMenus(masks: MenusDoc['masks']): Promise<void> {
  const path = `/api/events/${zekken.event}/menus`
  const { _rev } = (await zekken.get(path)) as { _rev: string }
  const headers = { authorization: `Bearer ${await zekken.token('admin')}`, 'content-type': 'application/json' }
  const init = { method: 'PUT', headers, body: JSON.stringify({ masks, _rev }) }
  expect((await fetch(zekken.url + path, init)).status).toBe(200)
}

test('[GT17] staff without search see a team once they have scanned its bib, with no signal too, and nothing of any other', async () => {
  const { page } = phone
  expect(await carried()).toEqual(['gate'])
  await zekken.stop()
  for (const path of ['search', 'team/128']) {
    await visit(page, `${zekken.url}/staff/${path}`)
    await page.getByText('チームは、ゼッケンを読み取ると表示されます').waitFor()
    await expectSound(phone, path)
  }
  await visit(page, `${zekken.url}/staff/`)
  await page.locator('.wedge.hears').waitFor()
  expect(await page.locator('a[href="/staff/search"]').count()).toBe(0)
  expect(await page.getByRole('button', { name: '番号で選ぶ' }).count()).toBe(0)

  await wedgeScan(phone, await bib('901'))
  await page.locator('.verdict.warn').waitFor()
  await page.getByRole('button', { name: '次のスキャン' }).click()
  await wedgeScan(phone, await bib('128'))
  await page.locator('.verdict.ok .name', { hasText: '里山ハイカーズ' }).waitFor()
  await expectSound(phone, 'opened')
  await page.getByRole('button', { name: '写真を撮る' }).click()
  await page.getByRole('button', { name: '撮影' }).click()
  await page.getByRole('button', { name: 'この写真を使う' }).click()
  await page.locator('.verdict').getByText('あり（1枚）').waitFor()
  await page.getByRole('button', { name: '次のスキャン' }).click()

  await page.reload()
  await visit(page, `${zekken.url}/staff/team/128`)
  await page.getByText('里山ハイカーズ').waitFor()
  await page.getByText('34', { exact: true }).first().waitFor()
  await expectSound(phone, 'its page')
  await visit(page, `${zekken.url}/staff/team/101`)
  await page.getByText('チームは、ゼッケンを読み取ると表示されます').waitFor()
  expect(await telling()).toEqual([])

  await zekken.start()
  await networkBack(phone)
  await visit(page, `${zekken.url}/staff/team/128`)
  await page.getByText('公式と同じです').waitFor({ timeout: 30_000 })
  expect(await telling()).toEqual([])
  expect(phone.complaints()).toEqual([])
})

test('[GT18] given the search the phone carries the roster, and loses it for good when that is taken back; in English too', async () => {
  const { page } = phone
  await saveMenus({ staff: 757 | menuBits.search })
  await visit(page, `${zekken.url}/staff/`)
  await page.locator('a[href="/staff/search"]').waitFor()
  await expect.poll(carried).toEqual(['roster'])
  await visit(page, `${zekken.url}/staff/team/101`)
  await page.getByText('長良川ランナーズ').waitFor()
  expect(await telling()).toEqual(['roster'])

  await saveMenus({})
  await page.evaluate(() => localStorage.setItem('zekken.language', 'en'))
  await page.reload()
  await page.getByText('A team is shown once its bib was scanned').waitFor()
  await expectSound(phone, 'English')
  await expect.poll(carried).toEqual(['gate'])
  expect(await telling()).toEqual([])
  await visit(page, `${zekken.url}/staff/team/128`)
  await page.getByText('里山ハイカーズ').waitFor()
  expect(phone.complaints()).toEqual([])
})
