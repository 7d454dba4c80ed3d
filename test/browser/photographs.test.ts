import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import { isWebpSize } from '../../design-docs/pictures.ts'
import { developPhoto } from '../../functions/develop-photo.ts'
import { readConfig } from '../../sync-server/config.ts'
import { openCouch } from '../../sync-server/couch/open-couch.ts'
import { sharedChromium } from '../support/chromium.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { numberScan, signIn, staffPhone, standAt, useWedge } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

/** Photographs that tell where they were taken. They lie beside the repository where they were put; no clone brings them along. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'photos')
const names = ['DSCN0010.jpg', 'DSCN0012.jpg', 'DSCN0021.jpg']

const told = async (bytes: Uint8Array) => {
  const { exif, xmp, iptc } = await sharp(bytes).metadata()
  return { exif, xmp, iptc }
}
const nothing = { exif: undefined, xmp: undefined, iptc: undefined }

describe.skipIf(!existsSync(folder))('photographs that tell where they were taken', () => {
  test.each(names)('[QD5] the pictures made of %s stand upright and tell no place', async (name) => {
    const photograph = await readFile(join(folder, name))
    expect((await told(photograph)).exif?.length).toBeGreaterThan(10_000)
    const asStored = await sharp(photograph).rotate(-90).keepExif().withMetadata({ orientation: 6 }).toBuffer()
    const [upright, turned] = [await developPhoto(photograph), await developPhoto(asStored)]
    for (const { thumbnail, sizes } of [upright, turned]) {
      expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 150, height: 105, format: 'jpeg' })
      const plain = sizes.filter(({ name }) => !isWebpSize(name))
      expect(plain.map(({ width, height }) => [width, height])).toEqual([
        [640, 480],
        [480, 360],
      ])
      for (const bytes of [thumbnail!, ...sizes.map((size) => size.bytes)]) expect(await told(bytes)).toEqual(nothing)
    }
    expect(await difference(upright.thumbnail!, turned.thumbnail!)).toBeLessThan(4)
  })

  describe('taken from the album of a phone', () => {
    let zekken: Zekken
    let browser: Browser
    beforeAll(async () => {
      zekken = await sharedZekken()
      browser = await sharedChromium()
    })
    afterAll(async () => {
      await browser?.close()
      await zekken?.end()
    })

    test('[QD5] they are with the server as they looked, and neither original nor thumbnail tells the place', async () => {
      const phone = await staffPhone(browser)
      const { page } = phone
      // The album is offered where the camera cannot be had.
      await phone.context.addInitScript(() => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('in use', 'NotReadableError'))
      })
      await signIn(phone, zekken)
      await standAt(phone, zekken, /^34/)
      await useWedge(phone)
      for (const [index, name] of names.entries()) {
        await numberScan(phone, ['101', '102', '103'][index]!)
        await page.getByRole('button', { name: '写真を撮る' }).click()
        await page.locator('input[type=file]').setInputFiles(join(folder, name))
        await page.getByRole('button', { name: 'この写真を使う' }).click()
        await page.locator('.verdict').getByText('あり（1枚）').waitFor()
        await page.getByRole('button', { name: '次のスキャン' }).click()
      }
      await visit(page, `${zekken.url}/staff/sync`)
      await page.getByText('閉じても大丈夫です').waitFor({ timeout: 60_000 })
      expect(phone.complaints()).toEqual([])

      // Each original, and what the server made of it in two sizes.
      const storage = join(zekken.dataDir, 'files', zekken.event)
      await expect.poll(async () => (await jpegsIn(storage)).length, { timeout: 60_000 }).toBe(3 * names.length)
      await zekken.stop()
      const stored = await jpegsIn(storage)
      for (const bytes of stored) expect(await told(bytes)).toEqual(nothing)
      const originals = await Promise.all(names.map((name) => readFile(join(folder, name))))
      for (const original of originals) {
        const nearest = Math.min(...(await Promise.all(stored.map((bytes) => difference(original, bytes)))))
        expect(nearest).toBeLessThan(4)
      }
      for (const thumbnail of await thumbnailsOf(zekken)) {
        expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 150, height: 105 })
        expect(await told(thumbnail)).toEqual(nothing)
      }
    }, 120_000)
  })
})

/** How far apart two pictures are on average, of 255. */
async function difference(one: Uint8Array, other: Uint8Array): Promise<number> {
  const small = (bytes: Uint8Array) => sharp(bytes).resize(60, 42, { fit: 'fill' }).removeAlpha().raw().toBuffer()
  const [a, b] = [await small(one), await small(other)]
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length
}

async function jpegsIn(storage: string): Promise<Buffer[]> {
  const entries = await readdir(storage, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const contents = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))))
  return contents.filter((bytes) => bytes.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff)))
}

async function thumbnailsOf({ dataDir, event }: Zekken): Promise<Uint8Array[]> {
  const { couch, close } = await openCouch(readConfig({ DATA_DIR: dataDir, DURABILITY: 'process' }))
  try {
    const desk = couch.database(databaseName(event, 'desk'))
    const images = await desk.all({ startkey: 'image:', endkey: 'image:\ufff0' })
    expect(images).toHaveLength(names.length)
    return await Promise.all(images.map(async ({ id }) => (await desk.attachment(id, 'thumbnail'))!))
  } finally {
    await close()
  }
}
