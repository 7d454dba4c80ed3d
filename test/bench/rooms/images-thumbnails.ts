/** Photos developed per second by the runner, from the fact `original` to the image in `desk`, beside a bare sharp loop. */
import sharp from 'sharp'
import { develop } from '../../../functions/develop.ts'
import { developPhoto } from '../../../functions/develop-photo.ts'
import type { CouchDoc } from '../../../sync-server/couch/client.ts'
import { factMaker } from '../../rules/make-facts.ts'
import { report } from '../report.ts'
import { openBenchEvent } from '../support/open-bench-event.ts'

const photos = 60
const it = await openBenchEvent({ teams: ['12'], functions: [develop] })
const original = await photograph()
await developPhoto(original)

const ours: number[] = []
const bare: number[] = []
for (let round = 0; round < 3; round++) {
  const facts = await prepare(round)
  bare.push(await perSecond(bareLoop))
  ours.push(await perSecond(() => throughRunner(facts)))
}
report({
  name: `photos of ${Math.round(original.length / 1024)} KB developed`,
  ours: Math.max(...ours),
  baseline: Math.max(...bare),
  baselineName: 'bare sharp, same sizes',
  unit: 'photos/s',
  better: 'higher',
  goal: { ratio: 0.9 },
})
await it.close()

async function perSecond(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return photos / ((performance.now() - started) / 1000)
}

/** The same decoding and the same five pictures, with nothing around it. */
async function bareLoop(): Promise<void> {
  for (let n = 0; n < photos; n++) {
    const { data, info } = await sharp(original)
      .autoOrient()
      .resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const raw = { raw: { width: info.width, height: info.height, channels: info.channels } }
    await Promise.all([
      sharp(data, raw).jpeg({ quality: 80 }).toBuffer(),
      sharp(data, raw).webp({ quality: 78, effort: 0 }).toBuffer(),
      sharp(data, raw).resize({ width: 480, height: 480, fit: 'inside' }).jpeg({ quality: 80 }).toBuffer(),
      sharp(data, raw).resize({ width: 480, height: 480, fit: 'inside' }).webp({ quality: 78, effort: 0 }).toBuffer(),
      sharp(data, raw).resize(150, 105).jpeg({ quality: 80 }).toBuffer(),
    ])
  }
}

/** The originals in storage, and the facts about them still to be written. */
async function prepare(round: number): Promise<CouchDoc[]> {
  const maker = factMaker(`A${round}`)
  const facts: unknown[] = []
  for (let n = 0; n < photos; n++) {
    const [photo, storageKey] = [maker.photo(null), `original-${round}-${n}`]
    await it.storage.put(storageKey, original)
    facts.push(photo, maker.make('original', { at: Date.now(), photo: photo._id, storageKey }))
  }
  return facts as CouchDoc[]
}

async function throughRunner(facts: readonly CouchDoc[]): Promise<void> {
  await it.log.bulk(facts)
  await it.runner.drain()
}

/** Twelve megapixels with as much detail as a photograph has. */
async function photograph(): Promise<Buffer> {
  const noise = {
    create: {
      width: 1000,
      height: 750,
      channels: 3 as const,
      background: 'grey',
      noise: { type: 'gaussian' as const, mean: 128, sigma: 40 },
    },
  }
  return await sharp(await sharp(noise).png().toBuffer())
    .resize(4000, 3000)
    .jpeg({ quality: 85 })
    .toBuffer()
}
