import { beforeAll, describe, expect, test } from 'vitest'
import { isWebpSize } from '../../design-docs/pictures.ts'
import { developPhoto } from '../../functions/develop-photo.ts'
import { checkPicture } from '../../sync-server/images/check-picture.ts'
import { type HostilePicture, hostilePictures, strangePictures } from '../support/hostile-pictures.ts'

let hostile: HostilePicture[]
beforeAll(async () => {
  hostile = await hostilePictures()
})

describe('what is no picture that is taken', () => {
  test('[HP1] ninety-two hostile and broken files are refused, each by the code of its kind, in bounded memory', async () => {
    const before = process.resourceUsage().maxRSS
    const seen = []
    for (const [what, , bytes] of hostile) {
      const told = await checkPicture(bytes)
      seen.push(`${what}: ${told.problem}`)
    }
    expect(seen).toEqual(hostile.map(([what, problem]) => `${what}: ${problem}`))
    expect(hostile.length).toBeGreaterThanOrEqual(92)
    // In kilobytes: the largest of them would unpack to 29 gigabytes.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000)
  })
})

test('[HP2] what is strange and whole is taken; its pictures are drawn anew and nothing hidden is in them', async () => {
  for (const [what, bytes] of await strangePictures()) {
    const seen = await checkPicture(bytes)
    expect([what, seen.problem]).toEqual([what, undefined])
    const made = await developPhoto(bytes)
    expect([what, made.problem, made.sizes.filter(({ name }) => !isWebpSize(name)).length]).toEqual([
      what,
      undefined,
      2,
    ])
    for (const picture of [made.thumbnail, ...made.sizes.map((size) => size.bytes)]) {
      const shown = Buffer.from(picture as Uint8Array)
      for (const hidden of ['script', 'PK\u0003\u0004', 'Exif', 'mdat']) expect(shown.includes(hidden)).toBe(false)
    }
  }
})
