import { afterAll, beforeAll, expect, test } from 'vitest'
import { bibPicture, bibText } from '../support/bib-video.ts'
import { sharedChromium } from '../support/chromium.ts'
import { holdUp, useHeldCamera } from '../support/held-camera.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { type StaffPhone, signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'

let zekken: Zekken
let phone: StaffPhone
beforeAll(async () => {
  zekken = await sharedZekken()
  phone = await staffPhone(await sharedChromium())
  await useHeldCamera(phone.context)
  await signIn(phone, zekken)
  await standAt(phone, zekken, /^34/)
})
afterAll(async () => {
  await phone?.context.browser()?.close()
  await zekken?.end()
})

const picture = async (event: string, number: string) =>
  bibPicture(await bibText({ dataDir: zekken.dataDir, event, number }))

test('[QD7] below a refusal the camera goes on reading: the next bib is taken without a touch', async () => {
  const { page } = phone
  await holdUp(page, await picture('other', '128'))
  await page.getByRole('heading', { name: '別の大会のゼッケンです' }).waitFor()
  await holdUp(page, await picture(zekken.event, '128'))
  await page.getByRole('heading', { name: '通過を記録しました' }).waitFor()
  expect(phone.complaints()).toEqual([])
})

test('[QD7] below a check-in it reads nothing until someone is done with it', async () => {
  const { page } = phone
  await holdUp(page, await picture(zekken.event, '101'))
  // A camera that reads would have read this some dozen times.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1500)))
  await page.getByText('里山ハイカーズ').first().waitFor()
  await page.getByRole('button', { name: '次のスキャン' }).click()
  await page.locator('.verdict .bib', { hasText: '101' }).waitFor()
})
