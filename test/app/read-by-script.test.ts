import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { readByScript } from '../../app/device/read-by-script.ts'
import { bibPicture } from '../support/bib-video.ts'

const text = `ZK1:TRIAL:128:1:KEY1:${'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.repeat(4).slice(0, 103)}`

async function read(picture: Sharp): Promise<string | null> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  return await readByScript({ data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' } as ImageData)
}

const looks: [string, (bib: Sharp) => Sharp][] = [
  ['as it is held', (bib) => bib],
  ['on its side', (bib) => bib.rotate(90)],
  ['askew', (bib) => bib.rotate(33, { background: '#5d7a68' })],
  ['seen from below', (bib) => bib.affine([1, 0.25, 0.1, 0.8], { background: '#5d7a68' })],
  ['out of focus', (bib) => bib.blur(2)],
  ['from afar', (bib) => bib.resize(280)],
  ['in the dusk', (bib) => bib.linear(0.25, 10)],
  ['white on black', (bib) => bib.negate({ alpha: false })],
]
test.each(looks)('[QD1] script reads a bib %s', async (_, look) => {
  expect(await read(look(sharp(await bibPicture(text))))).toBe(text)
})

test('[QD1] script finds nothing in a picture without a whole code, and does not throw', async () => {
  expect(await read(sharp({ create: { width: 480, height: 480, channels: 3, background: '#777' } }))).toBeNull()
  const half = sharp(await bibPicture(text)).extract({ left: 0, top: 0, width: 640, height: 240 })
  expect(await read(half)).toBeNull()
  expect(await read(sharp({ create: { width: 1, height: 1, channels: 3, background: '#777' } }))).toBeNull()
})
