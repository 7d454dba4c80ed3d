import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { numberScan, type StaffPhone, signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'

/** What the app asked of the device. */
type Asked = { awake: number; light: boolean | null; refusesLight: boolean; vibrated: unknown[]; tones: number[] }
declare const window: Window & { asked: Asked }

let zekken: Zekken
let browser: Browser
let phone: StaffPhone
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await launchChromium({ lenses: 2 })
  phone = await staffPhone(browser)
  await phone.context.addInitScript(deviceThatTells)
  await signIn(phone, zekken)
  await standAt(phone, zekken, /^34/)
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const asked = () => phone.page.evaluate(() => window.asked)
const lens = () =>
  phone.page.evaluate(() => {
    const stream = document.querySelector('video')?.srcObject as MediaStream | null
    return stream?.getVideoTracks()[0]?.getSettings().deviceId
  })
const torch = (name: string) => phone.page.getByRole('button', { name, exact: true })

test('[QD6] the screen stays on while the camera is open, and no longer', async () => {
  await phone.page.locator('.aim-text').waitFor()
  await expect.poll(async () => (await asked()).awake).toBe(1)
  await phone.page.locator('a[href="/staff/records"]').first().click()
  await phone.page.locator('.scan-box').waitFor({ state: 'detached' })
  await expect.poll(async () => (await asked()).awake).toBe(0)
  await standAt(phone, zekken, /^34/)
})

test('[QD6] the light goes on and off, says what it is when the phone refuses it, and is off with another lens', async () => {
  await torch('ライト').click()
  await torch('ライトを消す').click()
  await torch('ライト').waitFor()
  expect((await asked()).light).toBe(false)
  await phone.page.evaluate(() => {
    window.asked.refusesLight = true
  })
  await torch('ライト').click()
  await phone.page.evaluate(() => {
    window.asked.refusesLight = false
  })
  expect(await torch('ライト').isVisible()).toBe(true)
  await torch('ライト').click()
  await torch('ライトを消す').waitFor()

  await expect.poll(lens).toBeDefined()
  const before = await lens()
  await phone.page.getByRole('button', { name: 'スキャンの設定' }).click()
  const choice = phone.page.getByLabel('カメラを選ぶ')
  // The browser tells of lenses a moment after the dialog is there.
  const others = () =>
    choice
      .locator('option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
      .then((values) => values.filter((value) => value !== '' && value !== before))
  await expect.poll(others).not.toEqual([])
  const [other = ''] = await others()
  await choice.selectOption(other)
  await phone.page.getByRole('button', { name: '閉じる' }).click()
  await expect.poll(lens).toBe(other)
  await torch('ライト').waitFor()
  await phone.page.reload()
  await expect.poll(lens).toBe(other)
})

test('[QD6] green, amber and red are told apart by ear and by hand', async () => {
  const signals: Record<string, Pick<Asked, 'vibrated' | 'tones'>> = {}
  for (const [tone, number] of [
    ['ok', '101'],
    ['warn', '101'],
    ['no', '888'],
  ] as const) {
    await numberScan(phone, number)
    await phone.page.locator(`.verdict.${tone}`).waitFor()
    const { vibrated, tones } = await asked()
    signals[tone] = { vibrated, tones }
    await phone.page.evaluate(() => Object.assign(window.asked, { vibrated: [], tones: [] }))
    await phone.page.getByRole('button', { name: '次のスキャン' }).click()
  }
  expect(signals).toEqual({
    ok: { vibrated: [[60]], tones: [880, 1320] },
    warn: { vibrated: [[80, 70, 80]], tones: [660, 660] },
    no: { vibrated: [[350]], tones: [196] },
  })
  expect(phone.complaints()).toEqual([])
})

/** Runs in the page before the app: a device with a light that writes down what it is asked to do. */
function deviceThatTells(): void {
  const noted: Asked = { awake: 0, light: null, refusesLight: false, vibrated: [], tones: [] }
  Object.assign(window, { asked: noted })
  navigator.vibrate = (pattern) => noted.vibrated.push(pattern) > 0
  navigator.wakeLock.request = async () => {
    noted.awake++
    const release = async () => {
      noted.awake--
    }
    return { release } as WakeLockSentinel
  }
  MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true }) as MediaTrackCapabilities
  MediaStreamTrack.prototype.applyConstraints = async (wanted) => {
    if (noted.refusesLight) throw new DOMException('too hot', 'OverconstrainedError')
    const [first] = (wanted?.advanced ?? []) as { torch?: boolean }[]
    noted.light = first?.torch ?? null
  }
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (when) {
    noted.tones.push(Math.round(this.frequency.value))
    start.call(this, when)
  }
}
