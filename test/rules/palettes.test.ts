import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterColours } from '../../functions/rules/cluster-colours.ts'
import { colourName } from '../../functions/rules/colour-names.ts'
import { hexOf, oklabOf, rgbIn, rgbOf } from '../../functions/rules/oklab.ts'
import { type PaintStyle, paint, paintStyles } from '../../functions/rules/paint.ts'
import type { RawPicture } from '../../functions/rules/raw-picture.ts'
import { seededRandom } from '../../functions/rules/seeded-random.ts'
import { drawPicture, landscape } from './draw-picture.ts'

const hex = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map(hexOf)
const hexes = fc.uniqueArray(hex, { minLength: 1, maxLength: 20 })
const style = fc.constantFrom<PaintStyle>(...paintStyles)
const noise = fc.nat().map((seed): RawPicture => {
  const random = seededRandom(seed)
  return drawPicture(24, 16, () => [random() * 256, random() * 256, random() * 256])
})
const some = { numRuns: 25 }
const inColours = (colours: readonly string[]) =>
  drawPicture(24, 16, (x, y) => rgbIn(colours[(x * 7 + y * 3) % colours.length] ?? '#000000'))
const coloursIn = ({ data }: RawPicture) =>
  new Set(Array.from({ length: data.length / 3 }, (_, n) => hexOf([...data.subarray(n * 3, n * 3 + 3)] as never)))
const lightness = ({ data, channels }: RawPicture, n: number) =>
  oklabOf(...([...data.subarray(n * channels, n * channels + 3)] as [number, number, number]))[0]

test('[PL1] a colour that goes to OKLab and back is the same colour', () => {
  fc.assert(fc.property(hex, (one) => hexOf(rgbOf(oklabOf(...rgbIn(one)))) === one))
})

test('[PL1] what no screen shows becomes paler and not lighter', () => {
  const [lightnessOf] = oklabOf(...rgbOf([0.6, 0.4, 0.1]))
  expect(lightnessOf).toBeCloseTo(0.6, 2)
})

describe('clustering', () => {
  test('[PL2] a picture of so many distinct colours is told by just these, with their shares', () => {
    const made = clusterColours(
      drawPicture(10, 10, (x) => (x < 6 ? [200, 30, 40] : x < 9 ? [20, 60, 200] : [250, 250, 240])),
      { k: null, seed: 1 },
    )
    expect(made.colours).toEqual([
      { hex: '#c81e28', share: 0.6 },
      { hex: '#143cc8', share: 0.3 },
      { hex: '#fafaf0', share: 0.1 },
    ])
    expect(made.explained).toBeCloseTo(1)
  })

  test('[PL2] a picture of one colour has one, however many are asked for', () => {
    for (const k of [null, 2, 16]) {
      const made = clusterColours(
        drawPicture(5, 5, () => [17, 99, 201]),
        { k, seed: 7 },
      )
      expect(made.colours).toEqual([{ hex: '#1163c9', share: 1 }])
    }
  })

  test('[PL2] what is transparent does not count, and a picture of nothing has no colours', () => {
    const logo = drawPicture(10, 10, (x) => (x < 5 ? [255, 0, 0, 255] : [0, 255, 0, 0]))
    expect(clusterColours(logo, { k: 4, seed: 1 }).colours).toEqual([{ hex: '#ff0000', share: 1 }])
    expect(
      clusterColours(
        drawPicture(4, 4, () => [9, 9, 9, 0]),
        { k: null, seed: 1 },
      ).colours,
    ).toEqual([])
  })

  test('[PL3] from 2 to 16 colours, whatever is asked; their shares are all of it, the largest first', () => {
    fc.assert(
      fc.property(noise, fc.integer({ min: -3, max: 40 }), (picture, k) => {
        const { colours } = clusterColours(picture, { k, seed: 3 })
        expect(colours.length).toBeGreaterThanOrEqual(2)
        expect(colours.length).toBeLessThanOrEqual(Math.max(2, Math.min(16, k)))
        expect(colours.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
        const shares = colours.map(({ share }) => share)
        expect(shares).toEqual(shares.toSorted((one, other) => other - one))
      }),
      some,
    )
  })

  test('[PL3] left to itself it takes the fewest that tell 95 % of the differences, at most eight', () => {
    const picture = landscape(120, 80)
    const { colours, explained } = clusterColours(picture, { k: null, seed: 1 })
    expect(explained).toBeGreaterThanOrEqual(0.95)
    expect(colours.length).toBeLessThanOrEqual(8)
    expect(clusterColours(picture, { k: colours.length - 1, seed: 1 }).explained).toBeLessThan(0.95)
  })

  test('[PL4] the same picture and seed give the same palette, and so do its pixels in another order', () => {
    const picture = landscape(60, 40)
    const turned = drawPicture(60, 40, (x, y) => {
      const at = ((39 - y) * 60 + (59 - x)) * 3
      return [...picture.data.subarray(at, at + 3)]
    })
    const made = clusterColours(picture, { k: 6, seed: 5 })
    expect(clusterColours(picture, { k: 6, seed: 5 })).toEqual(made)
    expect(clusterColours(turned, { k: 6, seed: 5 })).toEqual(made)
  })
})

test('[PL5] colours are called what people call them, in both languages', () => {
  const names = ['#ff0000', '#0a0a0a', '#f4f4f4', '#1b2a55', '#2f9e44', '#f7c6d4'].map((one) => colourName(one))
  expect(names.map(({ en }) => en)).toEqual(['red', 'black', 'white', 'navy', 'green', 'pale pink'])
  expect(names.map(({ ja }) => ja)).toEqual(['赤', '黒', '白', '紺', '緑', '薄いピンク'])
})

describe('painting', () => {
  test('[PL6] a picture that has only these colours stays as it is, flat and in dots', () => {
    fc.assert(
      fc.property(hexes, fc.constantFrom<PaintStyle>('flat', 'dots'), (colours, as) => {
        const picture = inColours(colours)
        expect(paint(picture, colours, as)).toEqual(picture)
      }),
    )
  })

  test('[PL6] flat and in dots there are no other colours, and painting again changes nothing', () => {
    fc.assert(
      fc.property(noise, hexes, fc.constantFrom<PaintStyle>('flat', 'dots'), (picture, colours, as) => {
        const once = paint(picture, colours, as)
        expect([...coloursIn(once)].filter((one) => !colours.includes(one))).toEqual([])
        expect(paint(once, colours, as)).toEqual(once)
      }),
    )
  })

  test('[PL7] the order in which palettes were collected, and colours that come twice, change nothing', () => {
    fc.assert(
      fc.property(noise, hexes, style, (picture, colours, as) => {
        const painted = paint(picture, colours, as)
        expect(paint(picture, [...colours.toReversed(), colours[0] ?? '#000000'], as)).toEqual(painted)
        expect(paint(picture, colours, as)).toEqual(painted)
      }),
      some,
    )
  })

  test('[PL8] blended, every pixel stays as light as it was', () => {
    fc.assert(
      fc.property(noise, hexes, (picture, colours) => {
        const painted = paint(picture, colours, 'blend')
        const off = Array.from({ length: 24 * 16 }, (_, n) => Math.abs(lightness(painted, n) - lightness(picture, n)))
        // Next to black a single step of a channel is a fiftieth of the way to white.
        expect(Math.max(...off)).toBeLessThan(0.06)
        expect(off.reduce((sum, one) => sum + one, 0) / off.length).toBeLessThan(0.005)
      }),
      some,
    )
  })

  test('[PL8] what was lighter is not darker afterwards, blended or flat, in whatever colours', () => {
    const greys = drawPicture(256, 1, (x) => [x, x, x])
    fc.assert(
      fc.property(hexes, fc.constantFrom<PaintStyle>('blend', 'flat'), (colours, as) => {
        const painted = paint(greys, colours, as)
        for (let n = 1; n < 256; n++)
          expect(lightness(painted, n)).toBeGreaterThanOrEqual(lightness(painted, n - 1) - 0.012)
      }),
      some,
    )
  })

  test('[PL8] dots of black and white are together as light as the grey that they stand for', () => {
    for (const grey of [40, 100, 128, 180, 230]) {
      const { data } = paint(
        drawPicture(64, 64, () => [grey, grey, grey]),
        ['#000000', '#ffffff'],
        'dots',
      )
      const white = data.reduce((sum, value) => sum + value, 0) / (255 * data.length)
      expect(white).toBeCloseTo(((grey / 255 + 0.055) / 1.055) ** 2.4, 1)
    }
  })

  test('[PL9] blended, smooth stays smooth: neighbours in a gradient stay neighbours', () => {
    const gradient = drawPicture(256, 1, (x) => [x, 128, 255 - x])
    const { data } = paint(gradient, ['#c81e28', '#143cc8', '#fafaf0', '#2f9e44'], 'blend')
    for (let at = 3; at < data.length; at++)
      expect(Math.abs((data[at] ?? 0) - (data[at - 3] ?? 0))).toBeLessThanOrEqual(6)
  })

  test('[PL9] what is transparent stays so, and without colours a picture stays as it is', () => {
    const logo = drawPicture(8, 8, (x) => [200, 20, 20, x * 30])
    for (const as of paintStyles) {
      const painted = paint(logo, ['#143cc8'], as)
      expect(painted.data.filter((_, n) => n % 4 === 3)).toEqual(logo.data.filter((_, n) => n % 4 === 3))
      expect(paint(logo, [], as)).toEqual(logo)
    }
  })
})
