import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { defaultMasks, menuBits } from '../../design-docs/menus.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound, expectSoundInBothSizes } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { joinTeam, type TeamPhone } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { networkBack, sizes, untilOffline } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 120_000 })

let zekken: Zekken
let browser: Browser
let desk: DeskBrowser
let staff: StaffPhone
let team: TeamPhone
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  const admin = { role: 'admin', name: '本部 田中' } as const
  ;[desk, staff, team] = await Promise.all([
    openDeskBrowser(browser, zekken, admin, { language: 'en', scheme: 'light', viewport: sizes.desk }),
    staffPhone(browser, { language: 'en', scheme: 'dark', workers: 'allow' }),
    staffPhone(browser, { language: 'ja', scheme: 'light', workers: 'allow' }),
  ])
  await Promise.all([signIn(staff, zekken), joinTeam(team, zekken, '101')])
  await Promise.all([team, staff].map(untilOffline))
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const press = ({ page }: Pick<StaffPhone, 'page'>, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click()
const saved = async (name: string) => {
  await press(desk, 'Save')
  await desk.page.locator('.toast', { hasText: 'Saved' }).last().waitFor()
  await press(desk, 'Close')
  await desk.page.locator('.page li h2', { hasText: name }).waitFor()
}
/** Where the picture of the map on screen lies and how large it is. */
const mapLies = ({ page }: TeamPhone) =>
  page.locator('.map-frame img').evaluate((image) => {
    const [frame, box] = [image.parentElement!.getBoundingClientRect(), image.getBoundingClientRect()]
    return { x: Math.round(box.left - frame.left), y: Math.round(box.top - frame.top), width: Math.round(box.width) }
  })

test('[PG10] the console makes a schedule and a map; a team’s phone has them, with the picture, and keeps them without a server', async () => {
  const { page } = desk
  await visit(page, `${zekken.url}/admin/pages`)
  await page.locator('.state').waitFor()
  await expectSound(desk, 'no pages')
  await press(desk, 'Add a schedule')
  await press(desk, 'Add a line')
  await page.getByLabel('What (Japanese)').fill('開会式')
  await page.getByLabel('Where (Japanese)').fill('体育館')
  await page.getByLabel('Until (optional)').fill('1999-01-01T00:00')
  await press(desk, 'Save')
  await page.getByLabel('Until (optional)').and(page.locator('[aria-invalid="true"]')).waitFor()
  await expectSoundInBothSizes(desk, 'a schedule in the making')
  await page.getByLabel('Until (optional)').fill('2099-01-01T00:00')
  await page.getByLabel('Text (Japanese)').fill('**雨天決行**')
  await saved('Schedule')
  await press(desk, 'Show')

  await press(desk, 'Add a map')
  await press(desk, 'Save')
  await page.locator('.toast').last().waitFor()
  const drawing = sharp({ create: { width: 800, height: 500, channels: 3, background: '#dfe8d8' } })
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'map.txt', mimeType: 'text/plain', buffer: Buffer.from('<svg onload="alert(1)"/>') })
  await page.getByText('This cannot be used.').waitFor()
  const picture = { name: 'venue.png', mimeType: 'image/png', buffer: await drawing.png().toBuffer() }
  await page.locator('input[type=file]').setInputFiles(picture)
  await page.locator('.map-canvas').click({ position: { x: 60, y: 40 } })
  await page.getByLabel('Place 1 (Japanese)').fill('受付')
  await page.locator('.page-preview .map-spot').waitFor()
  await expectSoundInBothSizes(desk, 'a map in the making')
  await saved('Venue map')
  const fetched = team.page.waitForResponse((answer) => answer.url().includes('/picture-') && answer.ok())
  await page.locator('.page-row', { hasText: 'Venue map' }).getByRole('button', { name: 'Show', exact: true }).click()
  await page.locator('.page-row .pill', { hasText: 'Shown' }).nth(1).waitFor()

  const links = team.page.locator('.page-links a')
  await links.nth(1).waitFor({ timeout: 60_000 })
  expect(await links.allInnerTexts()).toEqual(['日程', '会場図'])
  await expectSound(team, 'home with pages')
  await press(desk, 'Move Venue map up')
  await expect.poll(() => links.allInnerTexts(), { timeout: 60_000 }).toEqual(['会場図', '日程'])
  // Fetched ahead: nobody has opened the map.
  await (await fetched).finished()
  await zekken.stop('SIGKILL')
  await links.first().click()
  await team.page.locator('.map-frame img').waitFor()
  await team.page.reload()
  await team.page.locator('.map-frame img').waitFor()
  const whole = await mapLies(team)
  expect(whole.width).toBeGreaterThan(300)
  await press(team, '拡大する')
  expect((await mapLies(team)).width).toBe(Math.round(whole.width * 1.5))
  await team.page.locator('.map-frame').focus()
  const before = await mapLies(team)
  await team.page.keyboard.press('ArrowRight')
  expect((await mapLies(team)).x).toBeLessThan(before.x)
  await team.page.locator('.map-frame').hover()
  await team.page.mouse.wheel(0, -600)
  await expect.poll(async () => (await mapLies(team)).width).toBeGreaterThan(before.width)
  await press(team, '1 受付')
  await team.page.locator('.map-spot.chosen', { hasText: '受付' }).waitFor()
  await expectSound(team, 'a map')
  await press(team, '全体を表示する')
  expect(await mapLies(team)).toEqual(whole)
  await press(team, '戻る')
  await links.filter({ hasText: '日程' }).click()
  await team.page.locator('.schedule .now', { hasText: '開会式' }).waitFor()
  await team.page.locator('.marked strong', { hasText: '雨天決行' }).waitFor()
  await expectSound(team, 'a schedule')
  await zekken.start()
})

test('[PG11] what is hidden leaves the phones and comes back by undo; a menu that is taken away takes its link', async () => {
  const { page } = desk
  await visit(page, `${zekken.url}/admin/pages`)
  const row = page.locator('.page-row', { hasText: 'Schedule' })
  await row.getByRole('button', { name: 'Hide' }).click()
  await visit(team.page, `${zekken.url}/team/`)
  const link = team.page.locator('.page-links a', { hasText: '日程' })
  await link.waitFor({ state: 'detached', timeout: 60_000 })
  await press(desk, 'Undo')
  await row.locator('.pill', { hasText: 'Shown' }).waitFor()
  await link.waitFor({ timeout: 60_000 })

  const path = `${zekken.url}/api/events/${zekken.event}/menus`
  const headers = { authorization: `Bearer ${await zekken.token('admin')}`, 'content-type': 'application/json' }
  const menus = (await zekken.get(`/api/events/${zekken.event}/menus`)) as { _rev: string; masks: object }
  const body = { ...menus, masks: { ...menus.masks, participant: defaultMasks.participant & ~menuBits.schedule } }
  expect((await fetch(path, { method: 'PUT', headers, body: JSON.stringify(body) })).status).toBe(200)
  await team.page.reload()
  await team.page.locator('.page-links a', { hasText: '会場図' }).waitFor()
  await link.waitFor({ state: 'detached', timeout: 60_000 })
})

test('[AT3] staff see who came and where they are, live, and as of when without a server', async () => {
  const { page } = staff
  await visit(page, `${zekken.url}/staff/notices`)
  await page.locator('.page-links a', { hasText: 'Attendance' }).click()
  const arrived = page.locator('table.attendance').first().locator('tr', { hasText: 'Arrived' }).first()
  await page.getByText('Up to date').waitFor({ timeout: 60_000 })
  expect(await arrived.innerText()).toMatch(/Arrived\s+0\s+0/)
  await visit(page, `${zekken.url}/staff/team/101/reception`)
  await page.locator('main .button.main').click()
  // It is recorded once the phone says so.
  await page.locator('.toast').waitFor()
  await visit(page, `${zekken.url}/staff/info/attendance`)
  await expect.poll(() => arrived.innerText(), { timeout: 60_000 }).toMatch(/Arrived\s+1\s+\d/)
  await expectSoundInBothSizes(staff, 'attendance')
  await zekken.stop('SIGKILL')
  await page.reload()
  await page.getByText(/^As of /).waitFor({ timeout: 60_000 })
  expect(await arrived.innerText()).toMatch(/Arrived\s+1\s+\d/)
  await zekken.start()
})

test('[SU11] a survey is made at the desk, answered without a server and counted once it is back, and once only when it is answered again', async () => {
  const { page } = desk
  await visit(page, `${zekken.url}/admin/surveys`)
  await page.locator('.state').waitFor({ timeout: 60_000 })
  await expectSound(desk, 'no surveys')
  await press(desk, 'Add a survey')
  await page.getByLabel('Question 1 (Japanese)').fill('満足度')
  await page.getByLabel('Question 1 must be answered').check()
  await press(desk, 'Add a question')
  await page.getByLabel('Question 2 (Japanese)').fill('また参加しますか')
  await press(desk, 'Add a question')
  await page.getByLabel('Question 3 (Japanese)').fill('ひとこと')
  await page.getByLabel('Kind of question 3').selectOption('text')
  await expectSoundInBothSizes(desk, 'a survey in the making')
  await saved('Survey')
  await page.getByRole('button', { name: /^Show/ }).click()
  await page.locator('.pill', { hasText: 'Open' }).waitFor()

  await networkBack(team)
  await visit(team.page, `${zekken.url}/team/`)
  await team.page.locator('.page-links a', { hasText: '大会アンケート' }).click({ timeout: 60_000 })
  await team.page.locator('.question').nth(2).waitFor()
  await zekken.stop('SIGKILL')
  await press(team, '回答する')
  await team.page.getByText('必須の質問が1問残っています。').waitFor()
  await expectSound(team, 'a survey that misses an answer')
  await team.page.getByLabel('5段階のうち4').check()
  await team.page.getByLabel('ひとこと').fill('=楽しかった "とても"')
  await team.page.reload()
  await team.page.getByLabel('5段階のうち4').waitFor()
  expect(await team.page.getByLabel('5段階のうち4').isChecked()).toBe(true)
  expect(await team.page.getByLabel('ひとこと').inputValue()).toBe('=楽しかった "とても"')
  await press(team, '回答する')
  await team.page.getByText('電波の届くところで自動的に送ります').waitFor()
  await expectSound(team, 'an answer that waits')

  await zekken.start()
  await networkBack(team)
  await team.page.getByText('送信済みです。').waitFor({ timeout: 60_000 })
  await visit(page, `${zekken.url}/admin/surveys`)
  await page.getByRole('link', { name: /^See the results/ }).click()
  await page.getByText('Answers: 1').waitFor({ timeout: 60_000 })
  await press(team, '回答を直す')
  await team.page.getByLabel('5段階のうち5').check()
  await press(team, '回答する')
  await team.page.getByText('送信済みです。').waitFor({ timeout: 60_000 })
  await page.locator('.bars tr', { hasText: 'High' }).getByText('1 (100%)').waitFor({ timeout: 60_000 })
  expect(await page.getByText('Answers: 1').count()).toBe(1)
  await page.getByText('=楽しかった "とても"').waitFor()
  await expectSoundInBothSizes(desk, 'results')
  const downloading = page.waitForEvent('download')
  await press(desk, 'Save as CSV')
  const file = await readFile(await (await downloading).path(), 'utf8')
  expect(file).toContain('"5","","\'=楽しかった ""とても"""')
})
