import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bibPicture, bibText } from '../support/bib-video.ts'
import { launchChromium, sharedChromium } from '../support/chromium.ts'
import { holdUp, useHeldCamera } from '../support/held-camera.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'

/** Photographs of printed codes that lie beside the repository where they were put; no clone brings them along. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'qr')
const numbers = Array.from({ length: 10 }, (_, i) => String(i + 1))

describe.skipIf(!existsSync(folder))('photographs of printed codes before the camera', () => {
  let zekken: Zekken
  let browser: Browser
  beforeAll(async () => {
    zekken = await sharedZekken()
  })
  afterEach(() => browser?.close())
  afterAll(() => zekken?.end())

  const readers = [
    { name: 'WebAssembly', lockedDown: false },
    { name: 'script', lockedDown: true },
  ]
  test.each(readers)(
    '[QD4] by $name all ten are read, each is refused as no bib, and the bib after it is taken',
    async ({ lockedDown }) => {
      browser = await (lockedDown ? launchChromium({ lockedDown }) : sharedChromium())
      const phone = await staffPhone(browser)
      const { page } = phone
      await useHeldCamera(phone.context)
      await signIn(phone, zekken)
      await standAt(phone, zekken, /^34/)
      const { dataDir, event } = zekken
      const bib = await bibPicture(await bibText({ dataDir, event, number: '128' }))
      const read: Record<string, string | null> = {}
      const wanted: Record<string, string> = {}
      for (const number of numbers) {
        wanted[number] = (await readFile(join(folder, `${number}.txt`), 'utf8')).trim()
        await holdUp(page, await readFile(join(folder, `${number}.png`)))
        const refused = page.locator('.verdict.no .facts dd').last()
        read[number] = await refused.textContent({ timeout: 10_000 }).catch(() => null)
        // Without a touch: what led to nothing does not stand in the way.
        await holdUp(page, bib)
        await page.locator('.verdict .bib', { hasText: '128' }).waitFor()
        await page.getByRole('button', { name: '次のスキャン' }).click()
      }
      expect(read).toEqual(wanted)
      expect(phone.complaints()).toEqual([])
    },
    120_000,
  )
})
