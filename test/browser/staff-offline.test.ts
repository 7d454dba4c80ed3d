import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bibText, writeBibVideo } from '../support/bib-video.ts'
import { launchChromium } from '../support/chromium.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { numberScan, type StaffPhone, signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { networkBack, untilOffline } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
let folder: string
let phone: StaffPhone

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zekken-film-'))
  zekken = await sharedZekken()
  const camera = join(folder, 'bibs.mjpeg')
  const { dataDir, event } = zekken
  await writeBibVideo(camera, await Promise.all(['128', '101'].map((number) => bibText({ dataDir, event, number }))))
  browser = await launchChromium({ camera })
  phone = await staffPhone(browser, { workers: 'allow' })
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
  await rm(folder, { recursive: true, force: true })
})

const bibOnScreen = () => phone.page.locator('.verdict .bib').textContent()

test('with the server gone the app starts, scans, photographs, undoes; with the server back everything arrives', async () => {
  const { page } = phone
  await signIn(phone, zekken)
  await untilOffline(phone)
  await zekken.stop()

  await standAt(phone, zekken, /^34/)
  await page.locator('.verdict.ok').waitFor()
  const first = await bibOnScreen()
  await page.getByRole('button', { name: '写真を撮る' }).click()
  await page.getByRole('button', { name: '撮影' }).click()
  await page.getByRole('button', { name: '撮り直す' }).click()
  await page.getByRole('button', { name: '撮影' }).click()
  await page.getByRole('button', { name: 'この写真を使う' }).click()
  await page.locator('.verdict').getByText('あり（1枚）').waitFor()
  await page.getByRole('button', { name: '写真を撮り直す' }).click()
  await page.getByRole('dialog', { name: '写真はすでにあります' }).waitFor()
  await page.getByRole('button', { name: '前の写真のままにする' }).click()
  await page.getByRole('button', { name: '次のスキャン' }).click()

  await page.locator('.verdict.ok').waitFor()
  expect(new Set([first, await bibOnScreen()])).toEqual(new Set(['128', '101']))
  await page.getByRole('button', { name: '次のスキャン' }).click()
  await numberScan(phone, '103')
  await page.getByRole('button', { name: '取り消す' }).click()
  await page.getByText('別のチームだった').click()
  await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click()
  await page.locator('.scan-box').waitFor()
  await page
    .locator('.strip')
    .getByText(/未送信 \d+件・写真 1枚（\d+:\d\dから）/)
    .waitFor()
  expect(await page.locator('.strip').getByText('閉じられます').count()).toBe(0)

  await page.reload()
  await page.locator('.strip').getByText('圏外').waitFor()
  await page
    .locator('.strip')
    .getByText(/写真 1枚/)
    .waitFor()

  await zekken.start()
  await networkBack({ page })
  await visit(page, `${zekken.url}/staff/sync`)
  await page.getByText('閉じても大丈夫です').waitFor({ timeout: 25_000 })
  await page.locator('.strip').getByText('閉じられます').waitFor()
  await visit(page, `${zekken.url}/staff/team/${first}`)
  await page.getByText('写真送信済み').waitFor()
  await page.getByText('公式と同じです').waitFor({ timeout: 15_000 })
  expect(phone.complaints()).toEqual([])
}, 120_000)

test('a used invitation is refused in words, with a code to read out', async () => {
  const link = await zekken.invite('staff', '二人目')
  const other = await staffPhone(browser, { workers: 'allow' })
  await other.page.goto(link)
  await other.page.getByRole('button', { name: /として始める/ }).click()
  await other.page.locator('.stage').waitFor()
  const late = await staffPhone(browser, { workers: 'allow' })
  await late.page.goto(link)
  await late.page.getByText('この招待は使用済みか期限切れです').waitFor()
  expect(await late.page.locator('.sign-in').textContent()).toContain('ZK-AUTH-003')
  await other.context.close()
  await late.context.close()
})

test('the app can be installed, and the token stays out of the address', async () => {
  const fresh = await staffPhone(browser, { workers: 'allow' })
  await fresh.page.goto(await zekken.invite('staff', '三人目'))
  await fresh.page.getByRole('button', { name: /として始める/ }).waitFor()
  expect(fresh.page.url()).not.toContain('invite')
  const session = await fresh.context.newCDPSession(fresh.page)
  await untilOffline(fresh)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // A private profile cannot install anything; every other condition is the app's.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  await fresh.context.close()
})
