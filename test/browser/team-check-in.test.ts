import type { Browser } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Overview, PlanPage, TeamPage } from '../../design-docs/console.ts'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { staffPhone } from '../support/staff-phone.ts'
import { someCheckpoints, type Zekken } from '../support/start-zekken.ts'
import { joinTeam, type TeamPhone } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { networkBack, sizes, untilOffline } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 90_000 })

let zekken: Zekken
let browser: Browser
let phone: TeamPhone
const shrine = someCheckpoints.find(({ number }) => number === '18')!
const metersNorth = (meters: number) => meters / 111_320
const standAt = (north: number) =>
  phone.context.setGeolocation({ latitude: shrine.lat + metersNorth(north), longitude: shrine.lng, accuracy: 6 })
const onTheServer = async () => (await zekken.get(`/api/events/${zekken.event}/teams/101`)) as TeamPage

/** Gives a checkpoint its photo and has teams see it, as the console does. */
async function showReference(number: string): Promise<void> {
  const path = `/api/events/${zekken.event}/plan`
  const put = async (to: string, type: string, body: string | Uint8Array<ArrayBuffer>) => {
    const headers = { authorization: `Bearer ${await zekken.token('admin')}`, 'content-type': type }
    const answer = await fetch(`${zekken.url}${path}/checkpoints/${number}${to}`, { method: 'PUT', headers, body })
    if (!answer.ok) throw new Error(await answer.text())
  }
  const picture = sharp({ create: { width: 320, height: 240, channels: 3, background: '#a33' } }).jpeg()
  await put('/reference', 'image/jpeg', new Uint8Array(await picture.toBuffer()))
  const { checkpoints } = (await zekken.get(path)) as PlanPage
  const saved = checkpoints.find((one) => one.number === number)
  await put('', 'application/json', JSON.stringify({ ...saved, showReference: true }))
}

beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  phone = await staffPhone(browser, { language: 'ja', scheme: 'light', workers: 'allow' })
  await standAt(20)
  await showReference('18')
  const kept = phone.page.waitForResponse((answer) => answer.ok() && answer.url().endsWith('/reference'))
  await joinTeam(phone, zekken, '101')
  await untilOffline(phone)
  await kept
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

test('with the server gone a team checks in with a photo, sees at once how it will be judged, and keeps it over a reload', async () => {
  const { page } = phone
  await visit(page, `${zekken.url}/team/ready`)
  await page.getByText('電波のない場所へ行けます').waitFor()
  await zekken.stop('SIGKILL')
  await page.locator('.bar a[href="/team/check-in"]').click()
  await page.locator('.place', { hasText: '20\u00a0m先' }).waitFor()
  expect(await page.locator('.place b').first().innerText()).toBe('水神の祠')
  await expectSound(phone, 'places')
  await page.locator('.place').first().click()
  await page.locator('.photo-acts .button.main:enabled').waitFor()
  await page.locator('.reference-photo').waitFor()
  await expectSound(phone, 'camera')
  await page.getByRole('button', { name: '撮る' }).click()
  await page.locator('.expected .pill', { hasText: '自動承認' }).waitFor()
  expect(await page.locator('.expected').innerText()).toContain('18点')
  await expectSound(phone, 'expected verdict')
  await page.getByRole('button', { name: 'チェックインする' }).click()
  await page.locator('.list.numbered .pill', { hasText: '未送信' }).waitFor()
  expect(await page.locator('.points .figure').innerText()).toBe('18')
  await page.reload()
  await page.locator('.list.numbered .pill', { hasText: '未送信' }).waitFor()
  await page.locator('.strip', { hasText: '写真 1枚' }).waitFor()
  await expectSound(phone, 'an unsent check-in')
})

test('back at the network it arrives once, with its photo, judged as was said', async () => {
  const { page } = phone
  await zekken.start()
  await networkBack({ page })
  await page.locator('.list.numbered .pill', { hasText: '自動承認' }).waitFor()
  await page.locator('.list.numbered .pill.warn').waitFor({ state: 'detached', timeout: 60_000 })
  await vi.waitFor(async () => expect((await onTheServer()).verdicts).toHaveLength(1), { timeout: 30_000 })
  const [verdict] = (await onTheServer()).verdicts
  expect(verdict).toMatchObject({
    status: 'AUTO_APPROVED',
    checkpoint: '18',
    points: 18,
    reasons: ['ok'],
    as: 'participant',
  })
  expect(verdict?.distanceMeters).toBeCloseTo(20, 0)
})

test('from too far away it is told that a judge will look at it, and why; a record can be taken back', async () => {
  const { page } = phone
  await page.getByRole('button', { name: '取り消す 水神の祠' }).click()
  await page.locator('.dialog .button.refuse').click()
  await page.getByText('理由を選ぶか、入力してください。').waitFor()
  await expectSound(phone, 'taking back')
  await page.getByLabel('写真を撮り直す').check()
  await page.locator('.dialog .button.refuse').click()
  await page.locator('.list.numbered li').waitFor({ state: 'detached' })
  expect(await page.locator('.points .figure').innerText()).toBe('0')
  await standAt(120)
  await visit(page, `${zekken.url}/team/check-in/18`)
  await page.locator('.finder-note', { hasText: '誤差 6' }).waitFor()
  await page.getByRole('button', { name: '撮る' }).click()
  await page.locator('.expected .pill', { hasText: '審査待ち' }).waitFor()
  expect(await page.locator('.expected').innerText()).toContain('離れすぎています')
  // Who walks there after the photo has taken it from where it was taken. A position that does not come is not waited for.
  await standAt(20)
  await page.evaluate(
    () => new Promise((resolve) => navigator.geolocation.getCurrentPosition(resolve, resolve, { timeout: 3_000 })),
  )
  await page.getByRole('button', { name: 'チェックインする' }).click()
  await vi.waitFor(
    async () => {
      const { verdicts } = await onTheServer()
      expect(verdicts.map(({ status, reasons }) => [status, reasons])).toEqual([['PENDING', ['too-far']]])
    },
    { timeout: 30_000, interval: 500 },
  )
})

test('start and finish are recorded with one press each while the server is gone, and arrive once', async () => {
  const { page } = phone
  const { lat: latitude, lng: longitude } = someCheckpoints.find(({ number }) => number === 'S')!
  await phone.context.setGeolocation({ latitude, longitude, accuracy: 6 })
  await zekken.stop('SIGKILL')
  for (const [number, press, name] of [
    ['S', 'スタートを記録する', 'スタート'],
    ['G', 'ゴールを記録する', 'ゴール'],
  ] as const) {
    await visit(page, `${zekken.url}/team/check-in/${number}`)
    await page.getByRole('button', { name: press }).click()
    await page.getByRole('button', { name: 'チェックインする' }).click()
    await page.locator('.list.numbered li', { hasText: name }).waitFor()
  }
  await page.reload()
  await page.locator('.list.numbered li', { hasText: 'ゴール' }).waitFor()
  await zekken.start()
  await networkBack({ page })
  await vi.waitFor(
    async () => {
      const { card, verdicts } = await onTheServer()
      expect(card).toMatchObject({ startAt: expect.any(Number), goalAt: expect.any(Number) })
      expect(verdicts.map(({ checkpoint }) => checkpoint).sort()).toEqual(['18', 'G', 'S'])
    },
    { timeout: 60_000, interval: 500 },
  )
})

test('in English, dark and wide every screen of checking in is sound', async () => {
  const other = await staffPhone(browser, { language: 'en', scheme: 'dark', viewport: sizes.desk })
  await joinTeam(other, zekken, '102')
  for (const path of ['check-in', 'check-in/18', 'check-in/G', 'check-in/nowhere']) {
    await visit(other.page, `${zekken.url}/team/${path}`)
    await other.page.locator('main h1').waitFor({ state: 'attached' })
    await expectSound(other, path)
  }
  await other.context.close()
})

test('a call for help says that nobody has heard it until the server has, and is taken back when all is well', async () => {
  const { page } = phone
  const calls = async () => ((await zekken.get(`/api/events/${zekken.event}/overview`)) as Overview).teams.help
  await visit(page, `${zekken.url}/team/`)
  await page.getByRole('button', { name: '助けを呼ぶ' }).waitFor()
  await zekken.stop('SIGKILL')
  await page.getByRole('button', { name: '助けを呼ぶ' }).click()
  await page.getByLabel('どうしましたか').fill('足をくじいた')
  await page.getByText('位置がわかっています').waitFor()
  await expectSound(phone, 'asking for help')
  await page.getByRole('button', { name: '助けを求める' }).click()
  await page.getByRole('alert').getByText('まだ本部に届いていません').waitFor()
  await expectSound(phone, 'an unheard call')
  await zekken.start()
  await networkBack({ page })
  await page.getByText('まだ本部に届いていません').waitFor({ state: 'detached', timeout: 60_000 })
  await vi.waitFor(async () => expect(await calls()).toMatchObject([{ team: '101', text: '足をくじいた' }]), {
    timeout: 30_000,
    interval: 500,
  })
  await page.getByRole('button', { name: 'もう大丈夫です' }).click()
  await vi.waitFor(async () => expect(await calls()).toEqual([]), { timeout: 30_000, interval: 500 })
})

test('a team retires by itself, with a reason, and is asked first', async () => {
  const other = await staffPhone(browser, { language: 'en', scheme: 'dark' })
  await joinTeam(other, zekken, '103')
  await other.page.getByRole('button', { name: 'Retire' }).click()
  await other.page.locator('.dialog .button.refuse').click()
  await other.page.getByText('Choose or enter a reason.').waitFor()
  await expectSound(other, 'retiring')
  await other.page.getByLabel('Weather').check()
  await other.page.locator('.dialog .button.refuse').click()
  await other.page.locator('.team-head .notice.warn', { hasText: 'Weather' }).waitFor()
  expect(await other.page.getByRole('button', { name: 'Retire' }).count()).toBe(0)
  await other.context.close()
})

test('without a camera a photo can be chosen, and what is no picture is refused in words', async () => {
  const other = await staffPhone(browser, { language: 'en' })
  await other.context.clearPermissions()
  await joinTeam(other, zekken, '102')
  await other.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await other.page.locator('.bar a[href="/team/check-in"]').click()
  await other.page.locator('.place').first().click()
  await other.page.getByText('The camera is not allowed.').waitFor()
  await expectSound(other, 'no camera')
  const rubbish = { name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') }
  await other.page.locator('input[type=file]').setInputFiles(rubbish)
  await other.page.getByText('This image cannot be read.').waitFor()
  await other.context.close()
})
