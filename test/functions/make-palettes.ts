import sharp from 'sharp'
import type { Fact, FactOf } from '../../design-docs/facts.ts'
import { factId, palettePlanId, recolourId, ulid } from '../../design-docs/ids.ts'
import type { PalettePlan, RecolourDoc } from '../../design-docs/palettes.ts'
import { atMinute, start } from '../rules/make-facts.ts'

const claimed = (n: number) => ({
  event: 'demo',
  device: 'phone0001',
  at: atMinute(n),
  deviceAt: atMinute(n),
  offsetMs: 0,
  measuredAt: start,
  bootId: 'boot1',
  monotonicMs: n,
})
const ulidOf = (n: number) => ulid(start, new Uint8Array(10).fill(n))

/** A picture that an admin chose for a palette; `n` tells one from another. */
export const palettePhoto = (n: number): FactOf<'photo'> => ({
  ...claimed(n),
  _id: factId('staff', 'photo', ulidOf(n)),
  type: 'photo',
  by: 'admin1',
  as: 'admin',
  purpose: 'palette',
  takenAt: start,
  sha256: `${n}`.repeat(64).slice(0, 64),
  bytes: 1000,
  width: 300,
  height: 200,
  contentType: 'image/png',
  pieces: ['0'.repeat(64)],
  pieceBytes: 1024,
})

export const paletteOriginal = (photo: Fact, storageKey: string): FactOf<'original'> => ({
  ...claimed(90),
  _id: photo._id.replace(':photo:', ':original:'),
  type: 'original',
  by: 'server',
  as: 'server',
  device: 'server',
  photo: photo._id,
  storageKey,
})

export const palettePlanDoc = (photo: Fact, fields: Partial<PalettePlan> = {}): PalettePlan => ({
  _id: palettePlanId(photo._id),
  type: 'palette-plan',
  event: 'demo',
  photo: photo._id,
  name: { ja: '夕焼け', en: 'Sunset' },
  state: 'shown',
  order: 10,
  k: null,
  ...fields,
})

export const recolourDoc = (photo: Fact, palette: Fact | null, at = atMinute(60)): RecolourDoc => ({
  _id: recolourId(photo._id),
  type: 'recolour',
  event: 'demo',
  photo: photo._id,
  palette: palette?._id ?? null,
  by: 'admin1',
  at,
})

/** Equal stripes of the given colours, as PNG, so that each keeps its value. */
export async function stripes(...colours: string[]): Promise<Buffer> {
  const width = 300 / colours.length
  const parts = colours.map((fill, n) => `<rect x="${n * width}" width="${width}" height="200" fill="${fill}"/>`)
  return await sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">${parts.join('')}</svg>`),
  )
    .png()
    .toBuffer()
}
