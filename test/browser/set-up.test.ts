import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, type DeskLook, freshDesk } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'

const root = join(import.meta.dirname, '..', '..')
let browser: Browser
beforeAll(async () => {
  browser = await sharedChromium()
})
afterAll(() => browser?.close())

let ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

const looks = [
  { language: 'ja', viewport: { width: 390, height: 844 }, button: '大会をつくる' },
  { language: 'en', viewport: { width: 1440, height: 900 }, button: 'Make the event' },
] as const

describe('the page of the first installation', () => {
  test.each(looks)(
    '[ST8] in $language, $viewport.width wide, makes the event and lands in set-up',
    async (look) => {
      const link = await printedLink()
      const desk = await open(link, look)
      const { page } = desk
      await page.locator('form').waitFor()
      expect(page.url()).not.toContain('setup=')
      expect(await page.locator('select').inputValue()).toBe('Asia/Tokyo')
      await expectSound(desk, 'empty')

      await page.getByRole('button', { name: look.button }).click()
      await page.locator('.notice.no').waitFor()
      expect(await page.locator('.problem').count()).toBe(3)
      expect(await page.evaluate(() => document.activeElement?.matches('input.digits'))).toBe(true)
      await expectSound(desk, 'with its problems')

      const fields = page.locator('form input')
      await fields.nth(0).fill('ＧＩＦＵ2027')
      expect(await fields.nth(0).inputValue()).toBe('gifu2027')
      await fields.nth(1).fill('岐阜ロゲイニング')
      await fields.last().fill('本部 髙﨑')
      expect(await page.locator('.problem').count()).toBe(0)

      // The answer is lost once: the same button brings the same event.
      await page.route('**/api/setup', async (route) => {
        await route.fetch()
        await route.abort()
      })
      await page.getByRole('button', { name: look.button }).click()
      await page.locator('.notice.no').waitFor()
      await page.unroute('**/api/setup')
      await page.getByRole('button', { name: look.button }).click()

      await page.waitForURL('**/admin/setup')
      await page.locator('.form-grid').waitFor()
      expect(await page.locator('.form-grid input').first().inputValue()).toBe('岐阜ロゲイニング')
      await page.locator('.link-state .dot:not(.off)').waitFor()
      await expectSound(desk, 'set-up')

      const second = await open(link, look)
      await second.page.getByRole('alert').waitFor()
      await expectSound(second, 'a used link')
    },
    120_000,
  )
})

async function open(link: string, look: DeskLook): Promise<DeskBrowser> {
  const desk = await freshDesk(browser, { ...look, timeZone: 'Asia/Tokyo' })
  ends.push(() => desk.context.close())
  await desk.page.goto(link)
  return desk
}

/** Starts an installation without data or demo, and answers the link that it prints. */
async function printedLink(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zekken-first-'))
  const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', DEMO: 'off', LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, [join(root, 'sync-server', 'main.ts')], { cwd: root, env })
  ends.push(() => end(child, dataDir))
  let said = ''
  return await new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const link = /http\S+\/admin\/#setup=\S+/.exec(said)?.[0]
      if (link) resolve(link)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said}`)))
  })
}

async function end(child: ChildProcess, dataDir: string): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
  await rm(dataDir, { recursive: true, force: true })
}
