import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { signIn, staffPhone } from '../support/staff-phone.ts'
import { someTeams, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { networkBack, untilOffline } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
const readings = ['タカサキ\u3000ミサキ', 'ヨシダ\u3000ケン', 'ワタナベ\u3000ハナ']
beforeAll(async () => {
  const teams = Array.from({ length: 20 }, (_, n) => {
    const members = [{ id: 'm1', name: '髙﨑\u3000美咲', kana: readings[n] ?? 'スズキ\u3000ソラ' }]
    return { ...someTeams[0]!, team: String(101 + n), name: `第${n + 1}隊`, members }
  })
  zekken = await sharedZekken({ teams })
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

test('[MR8] a first sync that is cut says how far it is, outlives a reload, and goes on from there', async () => {
  const phone = await staffPhone(browser)
  const { page } = phone
  const asked: (string | null)[] = []
  let link: 'slow' | 'cut' | 'mended' = 'slow'
  await page.route(/-roster\/_changes/, async (route) => {
    const url = new URL(route.request().url())
    asked.push(url.searchParams.get('since'))
    if (link === 'slow' && asked.length > 3) link = 'cut'
    if (link === 'cut') return route.abort('connectionfailed')
    if (link === 'slow') url.searchParams.set('limit', '4')
    await route.continue({ url: url.href })
  })
  const received = async () => {
    const [done = '', all = ''] = (await page.locator('.first-sync .figure').innerText()).split(' / ')
    return { done: Number.parseInt(done, 10), all: Number.parseInt(all, 10) }
  }
  await page.goto(await zekken.invite('staff', '受付 佐藤'))
  await page.locator('.sign-in .button.main').click()
  await page.locator('.first-sync').getByText('接続を待っています').waitFor()
  const before = await received()
  expect(before.done).toBeGreaterThan(8)
  expect(before.all).toBeGreaterThanOrEqual(before.done + 8)
  const from = asked.at(-1)
  expect(from).not.toBe('0')

  asked.length = 0
  await page.reload()
  await expect.poll(async () => (await received()).done).toBeGreaterThanOrEqual(before.done)
  link = 'mended'
  await networkBack(phone)
  await page.locator('.stage').waitFor()
  expect(asked).toContain(from)
  expect(asked).not.toContain('0')
  await visit(page, `${zekken.url}/staff/search`)
  await page.getByRole('searchbox').fill('スズキ')
  await page.getByRole('status').getByText('17').waitFor()
  await phone.context.close()
})

test('[NM8] with the server gone a team is found by a part of a reading, in either kana and either width', async () => {
  const phone = await staffPhone(browser, { workers: 'allow' })
  const { page } = phone
  await signIn(phone, zekken)
  await untilOffline(phone)
  await zekken.stop()
  try {
    await page.reload()
    await page.locator('.strip').getByText('圏外').waitFor()
    await visit(page, `${zekken.url}/staff/search`)
    for (const [typed, team] of [
      ['たかさき', '101'],
      ['ﾖｼﾀﾞ', '102'],
      ['ワタナベ ハ', '103'],
    ] as const) {
      await page.getByRole('searchbox').fill(typed)
      await page.locator('.list .number').getByText(team, { exact: true }).waitFor()
      expect(await page.locator('.list .number').allTextContents()).toEqual([team])
    }
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /103/ }).waitFor()
    await page.goBack()
    await page.getByRole('searchbox').fill('むらかみ')
    await page.getByText('見つかりません').first().waitFor()
    expect(phone.complaints()).toEqual([])
  } finally {
    await zekken.start()
  }
  await phone.context.close()
})
