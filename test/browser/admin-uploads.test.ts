import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Locator } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { drawHeic } from '../support/draw-heic.ts'
import { cameraClock, drawPhoto } from '../support/draw-photo.ts'
import { expectSoundInBothSizes } from '../support/expect-sound.ts'
import { gifu, startZekken, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
let folder: string
const shrine = { lat: 35.4378, lng: 136.7755 }

beforeAll(async () => {
  zekken = await startZekken()
  browser = await sharedChromium()
  folder = await mkdtemp(join(tmpdir(), 'zekken-camera-'))
  const ago = (minutes: number) => cameraClock(Date.now() - minutes * 60_000, 9)
  for (const name of ['101', '102']) await mkdir(join(folder, name))
  const photos = {
    '101/a.jpg': await drawPhoto({ seed: 'a', ...shrine, local: ago(50) }),
    '101/b.jpg': await drawPhoto({ seed: 'b', ...shrine, local: ago(40) }),
    '102/c.jpg': await drawPhoto({ seed: 'a', ...gifu, local: ago(30), quality: 40 }),
    'd.jpg': await drawPhoto({ seed: 'd', local: ago(20) }),
    'e.jpg': new TextEncoder().encode('no picture'),
  }
  for (const [name, bytes] of Object.entries(photos)) await writeFile(join(folder, name), bytes)
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
  await rm(folder, { recursive: true, force: true })
})

test('[UP40] a folder of photos: sent over a lost link, looked at, corrected, taken, listed; nothing doubled by a second try', async () => {
  const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: 'Sato' }, { language: 'en' })
  const { page } = desk
  await page.getByRole('link', { name: 'Photos', exact: true }).click()
  await page.getByText('There are none yet').waitFor()
  await page.locator('input[data-kind=folder]').setInputFiles(folder)
  await page.getByText('5 of 5 sent').waitFor()
  const row = (name: string) => page.locator('tbody tr').filter({ hasText: name })
  await row('101/a.jpg').getByText('Auto-approved').waitFor()
  await row('101/b.jpg').getByText('Too soon after another at the same place').waitFor()
  await row('102/c.jpg').getByText('34', { exact: true }).waitFor()
  await row('e.jpg').getByText('No JPEG, PNG or HEIC').waitFor()
  await row('d.jpg').getByText('No team is known').waitFor()
  await row('101/a.jpg').scrollIntoViewIfNeeded()
  await row('101/a.jpg').locator('img').waitFor()

  await row('d.jpg').getByRole('button', { name: 'Correct' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Team', { exact: true }).fill('１０２')
  await dialog.getByLabel('Checkpoint').fill('18')
  await page.keyboard.press('Enter')
  await row('d.jpg').getByText('Waiting').waitFor()

  await desk.context.setOffline(true)
  await page.locator('input[data-kind=files]').setInputFiles([join(folder, '101', 'b.jpg')])
  await page.getByText('There is no connection; it goes on by itself.').waitFor()
  await desk.context.setOffline(false)
  await page.getByText('6 of 6 sent').waitFor({ timeout: 20_000 })

  await expectSoundInBothSizes(desk, 'a batch')
  await page.getByRole('button', { name: 'Take 4 photos' }).click()
  await page.getByText('Taken. What needs a judge is in the review.').waitFor()
  await page.getByRole('button', { name: 'Taken 4' }).click()
  expect(await page.locator('tbody tr').count()).toBe(4)

  await page.reload()
  await page.locator('tbody tr').nth(4).waitFor()
  await page.locator('input[data-kind=folder]').setInputFiles(folder)
  await page.getByText('5 of 5 sent').waitFor()
  await page.getByRole('button', { name: 'Taken 4' }).waitFor()

  await page.getByRole('link', { name: 'All batches' }).click()
  await page.getByText('5 files, 4 taken').waitFor()
  await page.getByRole('link', { name: 'Look-alikes' }).click()
  await expect.poll(() => page.locator('.alike-pair img').count()).toBe(2)
  await expectSoundInBothSizes(desk, 'look-alikes')
  await desk.context.close()
}, 60_000)

test('[UP41] dropped by the mouse, held and gone on with; a clock for each camera; what was sent is thrown away', async () => {
  const desk = await openDeskBrowser(browser, zekken, { role: 'judge', name: 'Ito' }, { language: 'en' })
  const { page } = desk
  await page.goto(`${zekken.url}/admin/uploads`)
  const names = ['clock.jpg', 'one.jpg', 'two.jpg']
  const at = (minutes: number) => cameraClock(Date.now() - minutes * 60_000, 9)
  const shots = await Promise.all([
    drawPhoto({ seed: 'clock', local: at(60), model: 'Kiso', serial: '7' }),
    drawPhoto({ seed: 'one', ...gifu, local: at(50), model: 'Kiso', serial: '7' }),
    drawPhoto({ seed: 'two', ...gifu, local: at(15), model: 'Ibi' }),
  ])
  const files = names.map((name, n) => ({ name, text: Buffer.from(shots[n]!).toString('base64') }))
  const dropped = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer()
    for (const { name, text } of all) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([bytes], name, { type: 'image/jpeg' }))
    }
    return transfer
  }, files)
  // Nothing arrives before it is held.
  const held = Promise.withResolvers<void>()
  await page.route('**/uploads/*/files/**', async (route) => {
    await held.promise
    await route.continue()
  })
  const zone = page.locator('.drop-zone')
  await zone.dispatchEvent('dragover', { dataTransfer: dropped })
  await page.locator('.drop-zone.over').waitFor()
  await zone.dispatchEvent('drop', { dataTransfer: dropped })
  await page.getByText('0 of 3 sent').waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await zone.dispatchEvent('drop', {
    dataTransfer: await page.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['later'], 'later.jpg'))
      return transfer
    }),
  })
  held.resolve()
  await page.getByText('3 of 4 sent').waitFor()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('4 of 4 sent').waitFor()

  const row = (name: string) => page.locator('tbody tr').filter({ hasText: name })
  const camera = (name: string) => page.locator('.list > li').filter({ hasText: name })
  await camera('Zekken Kiso #7').getByText('2 photos').waitFor()
  await row('clock.jpg').getByRole('button', { name: 'Correct' }).click()
  const shown = page.getByRole('dialog').getByLabel('Time on the photographed clock')
  const reading = await shown.inputValue()
  await shown.fill(new Date(Date.parse(`${reading}Z`) - 90_000).toISOString().slice(0, 19))
  await page.getByRole('button', { name: 'Photo of a clock' }).click()
  await camera('Zekken Kiso #7').getByText('the clock was ahead by 1:30').waitFor()
  await camera('Zekken Ibi').getByText('The clock is not corrected').waitFor()
  await row('clock.jpg').getByText('The photo of the clock').waitFor()
  await expectSoundInBothSizes(desk, 'clocks of cameras')

  await page.getByRole('button', { name: 'Discard what is not taken' }).click()
  await page.getByRole('dialog').locator('.button.refuse').click()
  await page.locator('.batch-list').waitFor()
  expect(await page.locator('.batch-list a').count()).toBe(1)
  expect(desk.complaints()).toEqual([])
  await desk.context.close()
}, 60_000)

test('[UP45] a folder that the mouse drops is read with the folders in it, and without what systems keep for themselves', async () => {
  const dropped = join(folder, 'dropped')
  const photos = {
    'cp34/101/x.jpg': await drawPhoto({ seed: 'x', ...gifu, local: cameraClock(Date.now() - 8 * 60_000, 9) }),
    'cp34/128 里山/y.jpg': await drawPhoto({ seed: 'y', ...gifu, local: cameraClock(Date.now() - 9 * 60_000, 9) }),
    'cp34/.DS_Store': new TextEncoder().encode('kept by a system'),
    'cp34/__MACOSX/101/x.jpg': new TextEncoder().encode('kept by a system'),
  }
  for (const [name, bytes] of Object.entries(photos)) {
    await mkdir(dirname(join(dropped, name)), { recursive: true })
    await writeFile(join(dropped, name), bytes)
  }
  const desk = await openDeskBrowser(browser, zekken, { role: 'judge', name: 'Mori' }, { language: 'en' })
  const { page } = desk
  await visit(page, `${zekken.url}/admin/uploads`)
  const zone = (await page.locator('.drop-zone').boundingBox())!
  const at = { x: zone.x + zone.width / 2, y: zone.y + zone.height / 2 }
  const hand = await desk.context.newCDPSession(page)
  const data = { items: [], files: [join(dropped, 'cp34')], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await hand.send('Input.dispatchDragEvent', { type, ...at, data })
  await page.getByText('2 of 2 sent').waitFor()
  const row = (name: string) => page.locator('tbody tr').filter({ hasText: name })
  await row('101/x.jpg').getByText('Auto-approved').waitFor()
  await row('128 里山/y.jpg').getByText('Auto-approved').waitFor()
  expect(await page.locator('tbody tr').count()).toBe(2)
  await page.getByRole('button', { name: 'Discard what is not taken' }).click()
  await page.getByRole('dialog').locator('.button.refuse').click()
  await page.locator('.batch-list').waitFor()
  expect(desk.complaints()).toEqual([])
  await desk.context.close()
}, 60_000)

test('[UP40] the same on a phone, in Japanese and in the dark', async () => {
  const look = { language: 'ja', scheme: 'dark', viewport: sizes.phone } as const
  const desk = await openDeskBrowser(browser, zekken, { role: 'judge', name: '髙﨑' }, look)
  const { page } = desk
  await visit(page, `${zekken.url}/admin/uploads`)
  await page.locator('.batch-list a').click()
  await page.getByRole('button', { name: '取り込み済み 4' }).waitFor()
  await page.locator('tbody tr').first().waitFor()
  await expectSoundInBothSizes(desk, 'a batch that is taken')
  await desk.context.close()
}, 60_000)

describe('[UP44] a HEIC file and a JPEG', () => {
  let desk: DeskBrowser
  let heic: Uint8Array
  const names = { heic: '103_IMG.heic', jpeg: '102_IMG.jpg' }
  beforeAll(async () => {
    const local = cameraClock(Date.now() - 45 * 60_000, 9)
    heic = await drawHeic({ seed: 'i', ...shrine, local })
    await writeFile(join(folder, names.heic), heic)
    await writeFile(join(folder, names.jpeg), await drawPhoto({ seed: 'j', ...gifu, local }))
    desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: 'Kato' }, { language: 'en' })
  })
  afterAll(() => desk?.context.close())
  const widthOf = (picture: Locator) => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)

  test('are looked at and judged alike', async () => {
    const { page } = desk
    await page.getByRole('link', { name: 'Photos', exact: true }).click()
    await page.locator('input[data-kind=files]').setInputFiles(Object.values(names).map((name) => join(folder, name)))
    for (const name of Object.values(names)) {
      const row = page.locator('tbody tr').filter({ hasText: name })
      await row.getByText('Auto-approved').waitFor()
      await row.locator('img').waitFor()
    }
    await page.getByRole('button', { name: 'Take 2 photos' }).click()
    await page.getByText('Taken. What needs a judge is in the review.').waitFor()
  })

  test('the HEIC original opens from the review by a key, and is saved as it came where it cannot be shown', async () => {
    const { page } = desk
    const dialog = page.getByRole('dialog')
    await visit(page, `${zekken.url}/admin/review?team=103`)
    await page.locator('.photo-bib', { hasText: '103' }).waitFor()
    await expect.poll(() => widthOf(page.locator('.photo img'))).toBe(320)
    await page.keyboard.press('o')
    await dialog.getByText('This browser shows no files of this kind').waitFor()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save' }).click(),
    ])
    expect(saved.suggestedFilename()).toMatch(/-original\.heic$/)
    expect(await readFile(await saved.path())).toEqual(Buffer.from(heic))
  })

  test('the JPEG original opens by its button', async () => {
    const { page } = desk
    const dialog = page.getByRole('dialog')
    await visit(page, `${zekken.url}/admin/review?team=102`)
    await page.locator('.photo-bib', { hasText: '102' }).waitFor()
    await page.getByRole('button', { name: 'Original' }).click()
    await expect.poll(() => widthOf(dialog.locator('img'))).toBe(480)
    await expectSoundInBothSizes(desk, 'the original of a photo')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(desk.complaints()).toEqual([])
  })
})
