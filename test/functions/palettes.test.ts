import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { paletteId, portraitId } from '../../design-docs/ids.ts'
import type { PaletteDoc, PortraitDoc } from '../../design-docs/palettes.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { paletteOriginal, palettePhoto, palettePlanDoc, stripes } from './make-palettes.ts'
import { drawn, settleDown } from './scenario.ts'

let it: OpenEvent
let runner: Runner
beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
})
afterEach(() => it.close())

const picture = palettePhoto(1)
const { entry, make, photo, undo } = factMaker('12')
const own = photo(null, { at: atMinute(10), takenAt: atMinute(10) })
const ownOriginal = make('original', { at: atMinute(11), photo: own._id, storageKey: 'portrait', as: 'server' })
const given = make('collected', { at: atMinute(20), palette: picture._id, verified: true })

const paletteDoc = async () => (await it.database('desk').get(paletteId(picture._id))) as unknown as PaletteDoc | null
const portraitDoc = async () => (await it.database('desk').get(portraitId('12'))) as unknown as PortraitDoc | null
const painted = async () => it.files.get((await portraitDoc())?.sizes.painted?.storageKey ?? '')

async function withPalette(...colours: string[]): Promise<void> {
  it.files.set('palette', await stripes(...colours))
  await it.write('desk', [palettePlanDoc(picture)])
  await it.write('log', [picture, paletteOriginal(picture, 'palette')])
  await runner.drain()
}
async function withPortrait(): Promise<void> {
  it.files.set('portrait', await drawn(300, 400, 'tan'))
  await it.write('log', [entry(), own, ownOriginal])
  await settleDown(it, runner)
}

test('[PN1] a picture becomes its colours with their names, and a version of it in these', async () => {
  await withPalette('crimson', 'gold', 'navy')
  const palette = await paletteDoc()
  expect(palette?.colours.map(({ hex }) => hex).sort()).toEqual(['#000080', '#dc143c', '#ffd700'])
  expect(palette?.colours.map(({ name }) => name.en).sort()).toEqual(['navy', 'red', 'yellow'])
  const clustered = it.files.get(palette?.sizes?.clustered?.storageKey ?? '')
  expect(await sharp(clustered).metadata()).toMatchObject({ width: 300, height: 200, format: 'webp' })
  expect(await it.database('desk').attachment(paletteId(picture._id), 'clustered')).not.toBeNull()
})

test('[PN2] everyone sees a palette while it is shown, without what the server keeps for itself', async () => {
  await withPalette('crimson', 'gold')
  const shared = () => it.database('board').get(paletteId(picture._id))
  expect(JSON.stringify(await shared())).not.toMatch(/storageKey|seed|mark/)
  expect(await it.database('board').attachment(paletteId(picture._id), 'original')).not.toBeNull()
  const desk = it.database('desk')
  const plan = await desk.get(`palette-plan:${picture._id}`)
  await desk.bulk([{ ...plan, _id: `palette-plan:${picture._id}`, state: 'hidden' }])
  await runner.drain()
  expect(await shared()).toBeNull()
  expect((await paletteDoc())?.colours).toHaveLength(2)
})

test('[PN1] bytes that are no picture make a palette without colours that says why', async () => {
  it.files.set('palette', new TextEncoder().encode('no picture'))
  await it.write('desk', [palettePlanDoc(picture)])
  await it.write('log', [picture, paletteOriginal(picture, 'palette')])
  await runner.drain()
  expect(await paletteDoc()).toMatchObject({ colours: [], problem: expect.stringMatching(/unsupported/i) })
  expect(await it.database('board').get(paletteId(picture._id))).toBeNull()
  expect(runner.parked()).toEqual([])
})

test('[PN3] a portrait is painted in what was collected, on the team’s own phone before and after', async () => {
  await withPalette('crimson', 'navy')
  await withPortrait()
  expect(await portraitDoc()).toMatchObject({ palettes: [], sizes: {} })
  await it.write('log', [given])
  await settleDown(it, runner)
  expect(await portraitDoc()).toMatchObject({
    palettes: [picture._id],
    sizes: { painted: { width: 300, height: 400 } },
  })
  const before = await sharp(it.files.get('portrait')).stats()
  const after = await sharp(await painted()).stats()
  const tinted = (stats: typeof before) => (stats.channels[0]?.mean ?? 0) - (stats.channels[1]?.mean ?? 0)
  expect(tinted(after)).toBeGreaterThan(tinted(before) + 20)
  const team = it.ofTeam('12')
  expect(JSON.stringify(await team.get(portraitId('12')))).not.toContain('storageKey')
  for (const name of ['before', 'after']) expect(await team.attachment(portraitId('12'), name)).not.toBeNull()
  expect((await team.get('card:12'))?.palettes).toEqual([picture._id])
})

test('[PN4] a palette taken back is no longer in the portrait, and a portrait taken back is gone', async () => {
  await withPalette('crimson', 'navy')
  await withPortrait()
  await it.write('log', [given])
  await settleDown(it, runner)
  await it.write('log', [undo(given)])
  await settleDown(it, runner)
  expect(await portraitDoc()).toMatchObject({ palettes: [], sizes: {} })
  await it.write('log', [undo(own)])
  await settleDown(it, runner)
  expect(await portraitDoc()).toBeNull()
  expect(await it.ofTeam('12').get(portraitId('12'))).toBeNull()
})

test('[PN4] other colours of a palette paint anew, its other name does not', async () => {
  await withPalette('crimson', 'navy')
  await withPortrait()
  await it.write('log', [given])
  await settleDown(it, runner)
  const [first, firstMark] = [await painted(), (await portraitDoc())?.mark]
  const desk = it.database('desk')
  const planId = `palette-plan:${picture._id}`
  await desk.bulk([{ ...(await desk.get(planId)), _id: planId, name: { ja: '朝', en: 'Dawn' } }])
  await settleDown(it, runner)
  expect(await painted()).toBe(first)
  it.files.set('palette', await stripes('green', 'white'))
  await desk.bulk([{ ...(await desk.get(planId)), _id: planId, k: 2 }])
  await settleDown(it, runner)
  expect((await portraitDoc())?.mark).not.toBe(firstMark)
  expect(await painted()).not.toEqual(first)
})

test('[PN5] five palettes given at once are painted once, with all of them', async () => {
  const pictures = [1, 2, 3, 4, 5].map(palettePhoto)
  for (const [n, one] of pictures.entries()) {
    it.files.set(`palette-${n}`, await stripes('crimson', ['gold', 'navy', 'green', 'pink', 'white'][n] ?? 'black'))
    await it.write('desk', [palettePlanDoc(one)])
    await it.write('log', [one, paletteOriginal(one, `palette-${n}`)])
  }
  await runner.drain()
  await withPortrait()
  it.batches.length = 0
  const facts = pictures.map((one, n) => make('collected', { at: atMinute(30 + n), palette: one._id, verified: true }))
  await it.write('log', facts)
  await settleDown(it, runner)
  expect((await portraitDoc())?.palettes).toEqual(pictures.map(({ _id }) => _id))
  const written = it.batches
    .filter((batch) => batch.function === 'render')
    .reduce((sum, batch) => sum + batch.written, 0)
  expect(written).toBe(1)
})

test('[PN10] what was made of a palette or a portrait leaves the storage with it, and is made again when it is put back', async () => {
  await withPalette('crimson', 'navy')
  await withPortrait()
  await it.write('log', [given])
  await settleDown(it, runner)
  const made = () =>
    [...it.files.keys()].filter((key) => /\/(?:painted|clustered)$/.test(key)).map((key) => key.split('/').at(-1))
  expect(made().sort()).toEqual(['clustered', 'painted'])
  const desk = it.database('desk')
  const planId = `palette-plan:${picture._id}`
  const say = async (state: string) => {
    await desk.bulk([{ ...(await desk.get(planId)), _id: planId, state }])
    await settleDown(it, runner)
  }
  await say('removed')
  expect(made()).toEqual([])
  expect(await portraitDoc()).toMatchObject({ palettes: [], sizes: {} })
  await say('hidden')
  expect(made().sort()).toEqual(['clustered', 'painted'])
  // Another portrait takes its place, then none is left.
  const second = photo(null, { at: atMinute(40), takenAt: atMinute(40) })
  const itsOriginal = make('original', { at: atMinute(41), photo: second._id, storageKey: 'portrait', as: 'server' })
  await it.write('log', [second, itsOriginal])
  await settleDown(it, runner)
  expect(made().sort()).toEqual(['clustered', 'painted'])
  expect(await painted()).toBeDefined()
  await it.write('log', [undo(second), undo(own)])
  await settleDown(it, runner)
  expect(made()).toEqual(['clustered'])
})

test('[PN11] the sweep finds pictures that nothing leads to, tells them, and leaves those that are named', async () => {
  await withPalette('crimson', 'navy')
  const left = `${it.event}/picture/12:photo:gone/painted`
  it.files.set(left, new Uint8Array(3))
  it.files.set(`${it.event}/picture/12:photo:gone/1-480.jpg`, new Uint8Array(3))
  expect(await runner.sweep()).toEqual({ differences: [], filesLeftOver: [left] })
  expect(it.files.has(left)).toBe(false)
  expect(it.files.has(`${it.event}/picture/12:photo:gone/1-480.jpg`)).toBe(true)
  expect((await runner.sweep()).filesLeftOver).toEqual([])
})

test('[PN5] while a portrait is painted others come: the last stands, and each change is not a painting', async () => {
  const colours = ['gold', 'navy', 'green', 'pink', 'white', 'teal']
  const pictures = colours.map((_, n) => palettePhoto(n + 1))
  for (const [n, one] of pictures.entries()) {
    it.files.set(`palette-${n}`, await stripes('crimson', colours[n] ?? 'black'))
    await it.write('desk', [palettePlanDoc(one)])
    await it.write('log', [one, paletteOriginal(one, `palette-${n}`)])
  }
  await runner.drain()
  await withPortrait()
  it.batches.length = 0
  // One after the other, without waiting for what comes of each.
  for (const [n, one] of pictures.entries())
    await it.write('log', [make('collected', { at: atMinute(30 + n), palette: one._id, verified: true })])
  await settleDown(it, runner)
  expect((await portraitDoc())?.palettes).toEqual(pictures.map(({ _id }) => _id))
  const written = it.batches.filter((batch) => batch.function === 'render').reduce((sum, one) => sum + one.written, 0)
  expect(written).toBeLessThan(pictures.length)
})
