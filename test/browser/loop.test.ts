import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bibText, writeBibVideo } from '../support/bib-video.ts'
import { launchChromium, sharedChromium } from '../support/chromium.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { networkBack, sizes, untilOffline } from '../support/watched-page.ts'

let zekken: Zekken
let folder: string
let browsers: Browser[]
let lookout: StaffPhone
let shrine: StaffPhone
let desk: StaffPhone

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zekken-loop-'))
  zekken = await sharedZekken()
  browsers = [await withCamera(['128', '101']), await withCamera(['128', '102']), await sharedChromium()]
  const [first, second, third] = browsers as [Browser, Browser, Browser]
  lookout = await staffPhone(first, { workers: 'allow' })
  shrine = await staffPhone(second, { workers: 'allow' })
  desk = await staffPhone(third, { viewport: sizes.desk })
}, 120_000)
afterAll(async () => {
  for (const browser of browsers ?? []) await browser.close()
  await zekken?.end()
  await rm(folder, { recursive: true, force: true })
})

test('two phones scan and photograph while the server is down; everything arrives once, the console approves, the phones show it', async () => {
  await signIn(lookout, zekken, '展望台 各務')
  await signIn(shrine, zekken, '祠 丹羽')
  await desk.page.goto(await zekken.invite('admin', '本部 小川'))
  await desk.page.locator('.sign-in .button.main').click()
  await desk.page.locator('nav').first().waitFor()
  for (const { page } of [lookout, shrine]) {
    await untilOffline({ page })
  }

  // Power is lost. Both phones meet team 128, each meets another team, both photograph, and both are reloaded.
  await zekken.stop('SIGKILL')
  await standAt(lookout, zekken, /^34/)
  expect(await scanTwoTeams(lookout.page)).toEqual(new Set(['128', '101']))
  await standAt(shrine, zekken, /^18/)
  expect(await scanTwoTeams(shrine.page)).toEqual(new Set(['128', '102']))
  for (const { page } of [lookout, shrine]) {
    await page.reload()
    await page
      .locator('.strip')
      .getByText(/未送信 \d+件・写真 \d枚/)
      .waitFor()
  }

  await zekken.start()
  for (const { page } of [lookout, shrine]) {
    await networkBack({ page })
    await visit(page, `${zekken.url}/staff/sync`)
    await page.getByText('閉じても大丈夫です').waitFor({ timeout: 60_000 })
  }

  // Each check-in is there once, with its photo.
  const story = async (team: string) => {
    const { story } = (await zekken.get(`/api/events/${zekken.event}/teams/${team}`)) as { story: StoryLine[] }
    return story.filter(({ type, takenBack }) => (type === 'checkin' || type === 'photo') && !takenBack)
  }
  expect((await story('128')).map(({ type }) => type).sort()).toEqual(['checkin', 'checkin', 'photo', 'photo'])
  expect((await story('101')).map(({ type }) => type)).toEqual(['checkin'])
  expect((await story('102')).map(({ type }) => type)).toEqual(['checkin'])

  // The judge takes one after the other by key.
  await visit(desk.page, `${zekken.url}/admin/review`)
  await desk.page.locator('.queue li').nth(3).waitFor()
  await desk.page.locator('.review-photo img').waitFor()
  const undecided = async () => {
    const { items } = (await zekken.get(`/api/events/${zekken.event}/review`, 'judge')) as { items: unknown[] }
    return items.length
  }
  for (let left = 4; left > 0; left--) {
    await expect.poll(undecided, { timeout: 20_000 }).toBe(left)
    await desk.page.keyboard.press('a')
  }
  await expect.poll(undecided, { timeout: 20_000 }).toBe(0)

  // The phones learn of it by themselves, and the ranking counts both places.
  await visit(lookout.page, `${zekken.url}/staff/team/128`)
  await expect.poll(() => lookout.page.getByText('承認', { exact: true }).count(), { timeout: 20_000 }).toBe(2)
  await visit(desk.page, `${zekken.url}/admin/rankings/three`)
  const row = desk.page.locator('tr', { hasText: '里山ハイカーズ' })
  await expect.poll(() => row.innerText(), { timeout: 20_000 }).toContain('52')
  for (const person of [lookout, shrine, desk]) expect(person.complaints()).toEqual([])
}, 240_000)

type StoryLine = { type: string; takenBack: boolean }

async function withCamera(numbers: string[]): Promise<Browser> {
  const { dataDir, event } = zekken
  const camera = join(folder, `${numbers.join('-')}.mjpeg`)
  await writeBibVideo(camera, await Promise.all(numbers.map((number) => bibText({ dataDir, event, number }))))
  return await launchChromium({ camera })
}

/** Takes what the camera shows until two teams are recorded; team 128 is photographed. */
async function scanTwoTeams(page: Page): Promise<Set<string>> {
  const seen = new Set<string>()
  while (seen.size < 2) {
    await page.locator('.verdict .bib').waitFor()
    const bib = await page.locator('.verdict .bib').innerText()
    const isNew = !seen.has(bib)
    seen.add(bib)
    if (isNew && bib === '128') {
      await page.getByRole('button', { name: '写真を撮る' }).click()
      await page.getByRole('button', { name: '撮影' }).click()
      await page.getByRole('button', { name: 'この写真を使う' }).click()
      await page.locator('.verdict').getByText('あり（1枚）').waitFor()
    }
    await page.getByRole('button', { name: '次のスキャン' }).click()
  }
  return seen
}
