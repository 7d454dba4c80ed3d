import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { imageId, palettePlanId, recolouredId, recolourId } from '../../design-docs/ids.ts'
import type { RecolouredDoc } from '../../design-docs/palettes.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { paletteOriginal, palettePhoto, palettePlanDoc, recolourDoc, stripes } from './make-palettes.ts'
import { drawn, settleDown } from './scenario.ts'

let it: OpenEvent
let runner: Runner
const [warm, cold] = [palettePhoto(1), palettePhoto(2)]
const { entry, make, photo, recorded } = factMaker('12')
const checkin = recorded('2', atMinute(10))
const taken = photo(checkin, { at: atMinute(10), takenAt: atMinute(10) })
const original = make('original', { at: atMinute(11), photo: taken._id, storageKey: 'taken', as: 'server' })

beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
  it.files.set('taken', await drawn(900, 600, 'tan'))
  it.files.set('warm', await stripes('crimson', 'gold'))
  it.files.set('cold', await stripes('navy', 'teal'))
  await it.write('desk', [palettePlanDoc(warm), palettePlanDoc(cold, { name: { ja: '海', en: 'Sea' } })])
  await it.write('log', [warm, paletteOriginal(warm, 'warm'), cold, paletteOriginal(cold, 'cold')])
  await it.write('log', [entry(), checkin, taken])
  await settleDown(it, runner)
})
afterEach(() => it.close())

const made = async () => (await it.database('desk').get(recolouredId(taken._id))) as unknown as RecolouredDoc | null
const bytesOf = async () => it.files.get((await made())?.sizes.recoloured?.storageKey ?? '')
const onPhone = () => it.ofTeam('12').get(recolouredId(taken._id))

async function choose(palette: typeof warm | null, at: number): Promise<void> {
  const { _rev } = (await it.database('desk').get(recolourId(taken._id))) ?? {}
  await it.database('desk').bulk([{ ...recolourDoc(taken, palette, atMinute(at)), ...(_rev && { _rev }) }])
  await settleDown(it, runner)
}
async function say(changes: object): Promise<void> {
  const _id = palettePlanId(warm._id)
  await it.database('desk').bulk([{ ...(await it.database('desk').get(_id)), _id, ...changes }])
  await settleDown(it, runner)
}
/** How much more red than blue it is, from −255 to 255. */
async function warmth(bytes: Uint8Array | undefined): Promise<number> {
  const { channels } = await sharp(bytes).stats()
  return (channels[0]?.mean ?? 0) - (channels[2]?.mean ?? 0)
}

test('[PN12] a picture of a check-in is painted in the one palette chosen for it, then in another, then as it was taken', async () => {
  await choose(warm, 20)
  // Before the original is here there is nothing to paint; then it comes by itself.
  expect(await made()).toBeNull()
  await it.write('log', [original])
  await settleDown(it, runner)
  expect(await made()).toMatchObject({
    palette: warm._id,
    team: '12',
    changedAt: atMinute(20),
    sizes: { recoloured: { width: 900, height: 600 } },
  })
  const [first, firstMark] = [await bytesOf(), (await made())?.mark]
  expect(JSON.stringify(await onPhone())).not.toContain('storageKey')
  expect(await it.ofTeam('12').attachment(recolouredId(taken._id), 'after')).not.toBeNull()
  await choose(cold, 30)
  expect((await made())?.mark).not.toBe(firstMark)
  expect(await warmth(await bytesOf())).toBeLessThan((await warmth(first)) - 50)
  await choose(null, 40)
  expect(await made()).toBeNull()
  expect(await onPhone()).toBeNull()
  expect([...it.files.keys()].filter((key) => key.endsWith('/recoloured'))).toEqual([])
  // What was taken stands as it did.
  expect(await it.database('desk').get(imageId(taken._id))).toMatchObject({ version: 1 })
})

test('[PN13] other colours of the palette paint it anew, another name does not; removed, it is as taken, put back, painted', async () => {
  await it.write('log', [original])
  await choose(warm, 20)
  const [first, firstMark] = [await bytesOf(), (await made())?.mark]
  it.batches.length = 0
  await say({ name: { ja: '朝', en: 'Dawn' } })
  expect(await bytesOf()).toBe(first)
  await choose(warm, 21)
  expect(await bytesOf()).toBe(first)
  it.files.set('warm', await stripes('green', 'white', 'black'))
  await say({ k: 3, changedAt: atMinute(50) })
  expect(await made()).toMatchObject({ changedAt: atMinute(50) })
  expect((await made())?.mark).not.toBe(firstMark)
  await say({ state: 'removed' })
  expect(await made()).toBeNull()
  await say({ state: 'hidden' })
  expect(await made()).not.toBeNull()
  expect(runner.parked()).toEqual([])
})
