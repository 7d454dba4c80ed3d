import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ImageDoc } from '../../design-docs/derived.ts'
import { type Developed, developPhoto, shrinkPreview } from '../../functions/develop-photo.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { drawHeic } from '../support/draw-heic.ts'
import { drawn } from './scenario.ts'

let it: OpenEvent
let runner: Runner
beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
})
afterEach(() => it.close())

const { photo: photoOf, make, scanned } = factMaker('12')
const photo = photoOf(scanned('1', atMinute(10)))
const preview = async () => ({
  _attachments: { preview: { content_type: 'image/jpeg', data: (await drawn(150, 105, 'teal')).toString('base64') } },
})
const original = make('original', { at: atMinute(20), photo: photo._id, storageKey: 'the original', as: 'server' })
const imageOf = async () => (await it.database('desk').get(`image:${photo._id}`)) as unknown as ImageDoc

test('[DV1] a photo is seen at once by its preview, and by its original once that is here', async () => {
  await it.write('log', [{ ...photo, ...(await preview()) }])
  await runner.drain()
  expect(await imageOf()).toMatchObject({ version: 0, sizes: {}, checkin: photo.checkin })
  const thumbnail = await it.database('desk').attachment(`image:${photo._id}`, 'thumbnail')
  expect(await sharp(thumbnail!).metadata()).toMatchObject({ width: 150, height: 105, format: 'jpeg' })
  it.files.set('the original', await drawn(2000, 1000, 'red'))
  await it.write('log', [original])
  await runner.drain()
  const image = await imageOf()
  expect(image).toMatchObject({
    version: 1,
    sizes: { '1600': { width: 1600, height: 800 }, '480': { width: 480, height: 240 } },
  })
  const stored = it.files.get(image.sizes['480']?.storageKey ?? '')
  expect(await sharp(stored).metadata()).toMatchObject({ width: 480, height: 240 })
})

test('[DV1] an original that comes before the photo’s record is developed when the record comes', async () => {
  it.files.set('the original', await drawn(300, 200, 'red'))
  await it.write('log', [original])
  await runner.drain()
  await it.write('log', [photo])
  await runner.drain()
  expect(await imageOf()).toMatchObject({ version: 1 })
})

test('[DV2] what cannot be decoded is kept, says so, and shows its preview', async () => {
  it.files.set('the original', new TextEncoder().encode('ftypheic and nothing more'))
  await it.write('log', [{ ...photo, ...(await preview()) }, original])
  await runner.drain()
  expect(await imageOf()).toMatchObject({ version: 1, sizes: {}, problem: expect.stringMatching(/unsupported/i) })
  expect(await it.database('desk').attachment(`image:${photo._id}`, 'thumbnail')).not.toBeNull()
  expect(runner.parked()).toEqual([])
})

test('[DV3] a thumbnail is cropped and never distorted; pictures stand upright and tell no place', async () => {
  // Left half red, right half blue, lying on its side as a phone stores it, with a position.
  const halves = await sharp({ create: { width: 200, height: 600, channels: 3, background: 'red' } })
    .extend({ right: 200, background: 'blue' })
    .jpeg()
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 0/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const made = await developPhoto(halves)
  const large = sharp(made.sizes.find(({ name }) => name === '1600')?.bytes)
  expect(await large.metadata()).toMatchObject({ width: 600, height: 400 })
  expect((await large.metadata()).exif).toBeUndefined()
  const { data, info } = await sharp(made.thumbnail).raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([150, 105])
  const red = (x: number, y: number) => data[(y * info.width + x) * info.channels] ?? 0
  expect(red(75, 10)).toBeGreaterThan(200)
  expect(red(75, 95)).toBeLessThan(60)
})

test('[DV4] a small file that claims a huge picture is refused before it is unpacked', async () => {
  const bomb = await sharp({ create: { width: 7800, height: 7800, channels: 3, background: 'black' } })
    .png()
    .toBuffer()
  expect(bomb.length).toBeLessThan(2_000_000)
  expect(await developPhoto(bomb)).toMatchObject({ sizes: [], problem: expect.stringMatching(/pixel/i) })
  expect(await shrinkPreview(bomb)).toMatchObject({ problem: expect.stringMatching(/pixel/i) })
})

test('[DV7] a HEIC file is developed as any other, upright and without what it tells of place and time', async () => {
  const taken = { seed: 'heic', lat: 35.36, lng: 138.72, local: '2026:05:03 10:30:15' }
  const [lying, upright] = [await developPhoto(await drawHeic(taken)), await drawHeic({ ...taken, quarters: 1 })]
  const stood = await developPhoto(upright)
  expect([lying.problem, stood.problem]).toEqual([undefined, undefined])
  expect(lying.sizes.map(({ width, height }) => [width, height])).toContainEqual([320, 240])
  expect(stood.sizes.map(({ width, height }) => [width, height])).toContainEqual([240, 320])
  const colourAt = async ({ sizes }: Developed, left: number, top: number) => {
    const pixel = sharp(sizes.find(({ name }) => name === '1600')?.bytes).extract({ left, top, width: 1, height: 1 })
    return [...(await pixel.raw().toBuffer())].map((value) => Math.round(value / 64))
  }
  // The sun is top left; a quarter to the left it is bottom left.
  expect(await colourAt(lying, 64, 48)).toEqual([4, 3, 1])
  expect(await colourAt(stood, 48, 320 - 64)).toEqual([4, 3, 1])
  expect((await sharp(stood.sizes[0]?.bytes).metadata()).exif).toBeUndefined()
})

test('[DV5] the same bytes give the same pictures, and a small one is not enlarged', async () => {
  const small = await drawn(100, 80, 'green')
  const [one, other] = [await developPhoto(small), await developPhoto(small)]
  expect(one).toEqual(other)
  expect(new Set(one.sizes.map(({ width }) => width))).toEqual(new Set([100]))
})

test('[DV6] each size is there as JPEG for everyone, and as WebP beside it where that is smaller; a replay gives WebP to pictures of before', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const
  const lively = await sharp({ create: { width: 2000, height: 1500, channels: 3, background: 'grey', noise } })
    .blur(3)
    .jpeg()
    .toBuffer()
  it.files.set('the original', lively)
  await it.write('log', [photo, original])
  await runner.drain()
  const { sizes, ...image } = await imageOf()
  expect(Object.keys(sizes).sort()).toEqual(['1600', '1600.webp', '480', '480.webp'])
  for (const [name, { storageKey, bytes }] of Object.entries(sizes)) {
    const format = name.endsWith('.webp') ? 'webp' : 'jpeg'
    expect(await sharp(it.files.get(storageKey)).metadata()).toMatchObject({ format, width: Number.parseInt(name, 10) })
    expect(bytes).toBeLessThanOrEqual(sizes[name.replace('.webp', '')]!.bytes)
  }
  expect(sizes['1600.webp']?.storageKey).toMatch(/1-1600\.webp$/)
  const { '1600': large, '480': small } = sizes
  await it.database('desk').put({ ...image, sizes: { '1600': large, '480': small } } as never)
  for (const [key] of it.files) if (key.endsWith('.webp')) it.files.delete(key)
  await runner.replay('develop')
  await runner.drain()
  expect((await imageOf()).sizes).toEqual(sizes)
  expect(it.files.has(sizes['480.webp']!.storageKey)).toBe(true)
})
