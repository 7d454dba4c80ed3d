import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bibText, writeBibVideo } from '../support/bib-video.ts'
import { launchChromium } from '../support/chromium.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'

let zekken: Zekken
let folder: string
let camera: string
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zekken-film-'))
  zekken = await sharedZekken()
  camera = join(folder, 'bibs.mjpeg')
  const { dataDir, event } = zekken
  await writeBibVideo(camera, await Promise.all(['128', '101'].map((number) => bibText({ dataDir, event, number }))))
})
afterEach(() => browser?.close())
afterAll(async () => {
  await zekken?.end()
  await rm(folder, { recursive: true, force: true })
})

/** A signed-in phone whose browser has no detector of its own. */
async function plainPhone(workers: 'allow' | 'block'): Promise<StaffPhone> {
  const phone = await staffPhone(browser, { workers })
  await phone.context.addInitScript(() => Reflect.deleteProperty(globalThis, 'BarcodeDetector'))
  await signIn(phone, zekken)
  return phone
}

async function expectBoth(page: Page): Promise<void> {
  const seen = new Set<string | null>()
  for (let i = 0; i < 2; i++) {
    await page.locator('.verdict.ok').waitFor()
    seen.add(await page.locator('.verdict .bib').textContent())
    await page.getByRole('button', { name: '次のスキャン' }).click()
  }
  expect(seen).toEqual(new Set(['128', '101']))
}

test('[QD2] where the file of WebAssembly does not come, script reads; where that does not come either, one tries again', async () => {
  browser = await launchChromium({ camera })
  const phone = await plainPhone('block')
  const { page } = phone
  for (const file of ['**/*.wasm', '**/read-by-script-*']) await page.route(file, (route) => route.abort())
  await standAt(phone, zekken, /^34/)
  await page.getByText('読み取りの準備ができませんでした').waitFor()
  expect(await page.getByRole('button', { name: '番号で入力' }).isVisible()).toBe(true)

  await page.unroute('**/read-by-script-*')
  await page.getByRole('button', { name: 'もう一度試す' }).click()
  await expectBoth(page)
  // That its file is missing is said by the WebAssembly itself.
  expect(phone.complaints().filter((line) => !/wasm|ArrayBuffer instantiation/i.test(line))).toEqual([])
}, 120_000)

test('[QD3] without WebAssembly, compiled scripts, detector and server, bibs before the camera are checked in', async () => {
  browser = await launchChromium({ camera, lockedDown: true })
  const phone = await plainPhone('allow')
  const { page } = phone
  const missing = () => ['WebAssembly', 'BarcodeDetector'].filter((name) => !(name in globalThis))
  expect(await page.evaluate(missing)).toEqual(['WebAssembly', 'BarcodeDetector'])
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await zekken.stop()
  await standAt(phone, zekken, /^18/)
  await expectBoth(page)
  expect(phone.complaints()).toEqual([])
}, 120_000)
