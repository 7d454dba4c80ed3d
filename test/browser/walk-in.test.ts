import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TeamPage } from '../../design-docs/console.ts'
import { bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, standAt, useWedge, wedgeScan } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { networkBack, untilOffline } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const looks = [
  { language: 'ja', scheme: 'light', number: '901', button: 'このゼッケンで新規登録' },
  { language: 'en', scheme: 'dark', number: '902', button: 'New team with this bib' },
] as const

describe.each(looks)('in $language, $scheme,', ({ language, scheme, number, button }) => {
  let phone: StaffPhone
  beforeAll(async () => {
    phone = await staffPhone(browser, { language, scheme, workers: 'allow' })
    await signIn(phone, zekken)
    await standAt(phone, zekken, /受付|Reception/)
    await useWedge(phone)
    await untilOffline(phone)
  })
  afterAll(() => phone?.context.close())

  test('[WI9] a blank bib becomes a team at the reception while the server is gone, and the console has it later', async () => {
    const { page } = phone
    const text = await bibText({ dataDir: zekken.dataDir, event: zekken.event, number, issue: 1 })
    await zekken.stop()
    await wedgeScan(phone, text)
    await page.locator('.verdict.warn').waitFor()
    await expectSound(phone, 'unknown but signed')
    await page.getByRole('button', { name: button }).click()
    await page.locator('.team-bib', { hasText: number }).waitFor()
    await page.locator('.screen-action .button.main').click()
    await page.locator('.problem').first().waitFor()
    await expectSound(phone, 'what is wrong')
    const inputs = page.locator('.field input')
    await inputs.nth(0).fill("O'Brien 髙﨑隊")
    await inputs.nth(1).fill('おぶらいえん')
    await inputs.nth(2).fill('𠮷田　一')
    await page.locator('.tick input').check()
    await expectSound(phone, 'new team')
    await page.locator('.screen-action .button.main').click()
    await page.locator('.wedge.hears').waitFor()

    await wedgeScan(phone, text)
    await page.locator('.verdict .name', { hasText: "O'Brien 髙﨑隊" }).waitFor()
    await expectSound(phone, 'the team again')
    await visit(page, `${zekken.url}/staff/team/${number}/new`)
    await page.getByText("O'Brien 髙﨑隊").waitFor()
    await expectSound(phone, 'the bib is taken')

    await zekken.start()
    await networkBack(phone)
    const path = `/api/events/${zekken.event}/teams/${number}`
    const team = async () => ((await zekken.get(path).catch(() => null)) as TeamPage | null)?.card
    await expect.poll(team, { timeout: 40_000 }).toMatchObject({
      name: "O'Brien 髙﨑隊",
      kana: 'オブライエン',
      members: [{ name: '𠮷田　一' }],
      reception: { feePaid: true, arrived: ['m1'] },
    })
    expect(phone.complaints()).toEqual([])
  })
})
