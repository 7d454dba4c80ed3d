import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import type { OutPage } from '../../design-docs/disputes.ts'
import { errorTable } from '../../design-docs/errors.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { numberScan, type StaffPhone, signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { joinTeam } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { networkBack, untilOffline } from '../support/watched-page.ts'

let browser: Browser
let zekken: Zekken
let phone: StaffPhone
let carrier: StaffPhone
let desk: DeskBrowser
let folder: string
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  folder = await mkdtemp(join(tmpdir(), 'zekken-parcel-'))
  phone = await staffPhone(browser)
  await signIn(phone, zekken, '展望台 各務')
  await standAt(phone, zekken, /^34/)
  carrier = await staffPhone(browser, { language: 'en', scheme: 'dark' })
  await signIn(carrier, zekken, 'Carrier Niwa')
  const admin = { role: 'admin', name: '本部 管理者' } as const
  desk = await openDeskBrowser(browser, zekken, admin)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
  await rm(folder, { recursive: true, force: true })
})

const strip = (text: string | RegExp) => phone.page.locator('.strip').getByText(text).waitFor({ timeout: 60_000 })
const openSync = ({ page }: StaffPhone) => page.locator('.strip').click()

test('[PC15] recorded without a network, saved to a file, taken in at the console and by another phone: there once, and confirmed later', async () => {
  const { page, context } = phone
  await context.setOffline(true)
  await numberScan(phone, '102')
  await page.getByRole('button', { name: '写真を撮る' }).click()
  await page.getByRole('button', { name: '撮影' }).click()
  await page.getByRole('button', { name: 'この写真を使う' }).click()
  await page.locator('.verdict').getByText('あり（1枚）').waitFor()
  await page.getByRole('button', { name: '次のスキャン' }).click()
  await openSync(phone)
  await page.getByRole('button', { name: 'ファイルを作る（記録2件・写真1枚）' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '1個中1個目 を保存' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(new RegExp(`^zekken-${zekken.event}-[0-9a-f]{8}-\\d{8}-\\d{4}\\.zekken$`))
  const file = join(folder, saved.suggestedFilename())
  await saved.saveAs(file)
  await page.getByText('保存しました').waitFor()
  await expectSound(phone, 'saved to a file')
  await shot(page, 'parcel-saved')

  // Put on the console's page: seen first, then taken in, with a result for each record.
  await visit(desk.page, `${zekken.url}/admin/devices`)
  await desk.page.getByRole('link', { name: '記録ファイル' }).click()
  await drop(file, saved.suggestedFilename())
  const rows = desk.page.locator('tbody tr')
  await rows.filter({ hasText: '通過' }).getByText('新規').waitFor()
  expect(await rows.count()).toBe(2)
  await desk.page.locator('.facts').getByText('展望台 各務').first().waitFor()
  expect(await cardOf('102')).toBe(0)
  await expectSound(desk, 'a file looked at')
  await desk.page.getByRole('button', { name: '取り込む' }).click()
  await desk.page.getByText('取り込みました').waitFor()
  await desk.page.locator('.facts').getByText('保存済み1枚').waitFor()
  await desk.page.getByText('本部 管理者 が取り込み').waitFor()
  await expectSound(desk, 'a file taken in')
  await shot(desk.page, 'parcel-desk')
  await expect.poll(() => cardOf('102')).toBe(1)

  // The same file by another phone, and a broken one, which it will not carry.
  await openSync(carrier)
  const broken = (await readFile(file)).subarray(0, -5)
  await carrier.page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'broken.zekken', mimeType: 'application/octet-stream', buffer: broken }])
  await carrier.page.getByText('This is no file of records').waitFor()
  await carrier.context.setOffline(true)
  await carrier.page.locator('input[type=file]').setInputFiles(file)
  await carrier.page.getByText('They go when it can').waitFor()
  await expectSound(carrier, 'carrying a file')
  await shot(carrier.page, 'parcel-carried')
  await carrier.context.setOffline(false)
  await carrier.page.getByText('new 0, known 2').waitFor({ timeout: 60_000 })
  await expectSound(carrier, 'brought a file')

  // The phone itself meets the network at last: nothing is there twice, and all of it is confirmed.
  await context.setOffline(false)
  await page.getByRole('button', { name: '今すぐ送受信する' }).click()
  await strip('同期済み')
  await page.getByText('未送信の記録はありません').or(page.getByText('保存しました')).first().waitFor()
  expect(await cardOf('102')).toBe(1)
  expect([phone.complaints(), carrier.complaints(), desk.complaints()]).toEqual([[], [], []])
}, 180_000)

test('[PC16] what a team’s phone could not send is saved by it to a file as well, and is the team’s own at the console', async () => {
  const team = await staffPhone(browser, { language: 'en', scheme: 'light', workers: 'allow' })
  const { page, context } = team
  await joinTeam(team, zekken, '103')
  await untilOffline(team)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Call for help' }).click()
  await page.locator('.dialog').getByRole('button', { name: 'Ask for help', exact: true }).click()
  await page.locator('.dialog').waitFor({ state: 'detached' })
  await page.locator('.strip').click()
  await page.getByRole('button', { name: 'Make the file (records 1, photos 0)' }).click()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save File 1 of 1' }).click(),
  ])
  const file = join(folder, saved.suggestedFilename())
  await saved.saveAs(file)
  await page.getByText('Saved', { exact: true }).waitFor()
  await expectSound(team, 'a team’s records saved to a file')

  const callsOf = async () => {
    const { help } = (await zekken.get(`/api/events/${zekken.event}/out`)) as OutPage
    return help.find((call) => call.team === '103')?.facts.length ?? 0
  }
  expect(await callsOf()).toBe(0)
  await visit(desk.page, `${zekken.url}/admin/parcels`)
  await drop(file, saved.suggestedFilename())
  await desk.page.locator('tbody tr').getByText('新規').waitFor()
  await desk.page.getByRole('button', { name: '取り込む' }).click()
  await desk.page.getByText('取り込みました').waitFor()
  await expect.poll(callsOf).toBe(1)

  await context.setOffline(false)
  await networkBack(team)
  await expect.poll(() => page.locator('.strip').innerText(), { timeout: 60_000 }).not.toMatch(/unsent/i)
  expect(await callsOf()).toBe(1)
  expect([team.complaints(), desk.complaints()]).toEqual([[], []])
  await context.close()
}, 180_000)

test('[EC9] a team’s phone shows number and code of what was not accepted, and by them the console finds the case', async () => {
  const look = { language: 'en', scheme: 'dark' } as const
  const team = await staffPhone(browser, { ...look, workers: 'block' })
  const { page } = team
  // A wrong password, as it happens at home.
  await visit(page, `${zekken.url}/team/`)
  await page.locator('summary', { hasText: 'password' }).click()
  await page.getByLabel('Bib number or agent id').fill('128')
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await page.locator('details[open] button.main').click()
  await page.getByText('Error code ZK-AUTH-006').waitFor()

  // A record that the server would not take.
  await joinTeam(team, zekken, '128')
  await page.route('**/_bulk_docs', (route) => {
    const { docs } = route.request().postDataJSON() as { docs: { _id: string }[] }
    const reason = 'ZK-GATE-005: The author was never signed in on this device.'
    const rows = docs.map(({ _id: id }) => ({ id, error: 'forbidden', name: 'forbidden', reason, code: 'ZK-GATE-005' }))
    return route.fulfill({ status: 201, json: rows, headers: { 'x-zekken-time': String(Date.now()) } })
  })
  await page.getByRole('button', { name: 'Call for help' }).click()
  await page.locator('.dialog').getByRole('button', { name: 'Ask for help', exact: true }).click()
  await visit(page, `${zekken.url}/team/status`)
  const refused = page.locator('section', {
    has: page.getByRole('heading', { name: 'Records that were not accepted' }),
  })
  await refused.getByText('ZK-GATE-005').waitFor()
  expect(await refused.locator('.facts').innerText()).toMatch(/128/)
  await expectSound(team, 'a record that was not accepted')
  await shot(page, 'case-team')

  await visit(desk.page, `${zekken.url}/admin/problems`)
  await desk.page.getByRole('link', { name: 'エラーコード' }).click()
  await desk.page.getByLabel('ゼッケン番号').fill('１２８')
  await desk.page.getByLabel('コード', { exact: true }).fill('auth 6')
  await desk.page.getByRole('button', { name: '探す' }).click()
  await desk.page.getByRole('heading', { name: 'ZK-AUTH-006' }).first().waitFor()
  const row = desk.page.locator('.list li', { hasText: 'POST /api/login/team' })
  await row.getByRole('link', { name: 'チーム 128' }).waitFor()
  await expectSound(desk, 'a case found')
  await shot(desk.page, 'case-desk')
  await desk.page.getByText('すべてのコード').click()
  expect(await desk.page.locator('details h2').count()).toBe(Object.keys(errorTable).length)
  await expectSound(desk, 'all codes')
  expect([team.complaints(), desk.complaints()]).toEqual([[], []])
  await team.context.close()
}, 180_000)

/** Drops a file where the console says so, as a mouse does. */
async function drop(path: string, name: string): Promise<void> {
  const base64 = (await readFile(path)).toString('base64')
  const transfer = await desk.page.evaluateHandle(
    ({ base64, name }) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const carried = new DataTransfer()
      carried.items.add(new File([bytes], name))
      return carried
    },
    { base64, name },
  )
  await desk.page.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer })
}

async function cardOf(team: string): Promise<number> {
  const { card } = (await zekken.get(`/api/events/${zekken.event}/teams/${team}`)) as { card: Card | null }
  return card?.checkpoints.length ?? 0
}

/** For who wants to look: SHOTS names a folder. */
async function shot(page: StaffPhone['page'], name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true })
}
