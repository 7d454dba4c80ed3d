/**
 * A picture of twelve megapixels clustered and painted from its file, beside a naive JavaScript loop over the same pixels
 * and, where it is installed, ImageMagick doing the like on the same file.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { clusterPicture, paintPicture } from '../../../functions/palette-pictures.ts'
import { rgbIn } from '../../../functions/rules/oklab.ts'
import { paint, paintStyles } from '../../../functions/rules/paint.ts'
import { landscape } from '../../rules/draw-picture.ts'
import { report } from '../report.ts'

const run = promisify(execFile)
const [width, height] = [4000, 3000]
const colourCount = 8
const folder = await mkdtemp(join(tmpdir(), 'zekken-palettes-'))
const file = join(folder, 'picture.jpg')
const small = landscape(1000, 750)
const bytes = await sharp(small.data, { raw: small }).resize(width, height).jpeg({ quality: 88 }).toBuffer()
await writeFile(file, bytes)

try {
  await sharp(bytes).raw().toBuffer()
  const made = await clusterPicture(bytes, colourCount, 1)
  const hexes = made.colours.map(({ hex }) => hex)
  const clusterMs = await best(3, () => clusterPicture(bytes, colourCount, 1))
  report({
    name: '12 MP from its file to palette, clustered picture and thumbnails',
    ours: clusterMs,
    baseline: await best(1, naiveCluster),
    baselineName: 'naive k-means over all pixels, three rounds',
    unit: 'ms',
    better: 'lower',
    goal: { value: 1000 },
  })
  const raw = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const picture = { width, height, channels: 3 as const, data: new Uint8Array(raw.data) }
  const naiveMs = await best(1, async () => naivePaint(picture.data, hexes))
  for (const style of paintStyles) {
    report({
      name: `12 MP painted in ${hexes.length} colours, ${style}, pixels only`,
      ours: await best(3, async () => paint(picture, hexes, style)),
      baseline: naiveMs,
      baselineName: 'naive nearest colour of each pixel',
      unit: 'ms',
      better: 'lower',
    })
  }
  report({
    name: '12 MP from its file to a portrait of 1600 and one of 480 pixels, blend',
    ours: await best(3, () =>
      paintPicture({ do: 'paint', large: bytes, small: bytes, colours: hexes, style: 'blend' }),
    ),
    baseline: naiveMs,
    baselineName: 'naive nearest colour of each pixel',
    unit: 'ms',
    better: 'lower',
    goal: { value: 1000 },
  })
  const wholeMs = await best(2, async () => {
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    const painted = paint(
      { ...picture, data: new Uint8Array(data.buffer, data.byteOffset, data.length) },
      hexes,
      'blend',
    )
    await sharp(painted.data, { raw: painted }).jpeg({ quality: 85 }).toBuffer()
  })
  report({
    name: '12 MP painted from file to file at full size, blend',
    ours: wholeMs,
    baseline: await best(2, async () => await sharp(bytes).jpeg({ quality: 85 }).toBuffer()),
    baselineName: 'bare sharp, decoded and written',
    unit: 'ms',
    better: 'lower',
  })
  await besideImageMagick(hexes, clusterMs, wholeMs)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function besideImageMagick(hexes: readonly string[], clusterMs: number, wholeMs: number): Promise<void> {
  const found = await imageMagick()
  if (!found) {
    process.stdout.write('ImageMagick is not on this machine: clustering and painting were not measured beside it.\n')
    return
  }
  const { command, version } = found
  // Version 6 has no -kmeans; its own way to few colours is -colors, by an octree.
  const few = version < 7 ? ['+dither', '-colors', '8'] : ['-kmeans', '8']
  const out = join(folder, 'out.jpg')
  report({
    name: '12 MP clustered',
    ours: clusterMs,
    baseline: await best(1, () => run(command, [file, ...few, out])),
    baselineName: `ImageMagick ${few.join(' ')}`,
    unit: 'ms',
    better: 'lower',
  })
  const swatches = join(folder, 'swatches.png')
  const data = Uint8Array.from(hexes.flatMap((hex) => [...rgbIn(hex)]))
  await sharp(data, { raw: { width: hexes.length, height: 1, channels: 3 } })
    .png()
    .toFile(swatches)
  report({
    name: '12 MP painted from file to file',
    ours: wholeMs,
    baseline: await best(1, () => run(command, [file, '+dither', '-remap', swatches, out])),
    baselineName: 'ImageMagick -remap',
    unit: 'ms',
    better: 'lower',
  })
}

/** Something else may be called `convert`: what says its version is asked. */
async function imageMagick(): Promise<{ command: string; version: number } | null> {
  for (const command of ['magick', 'convert', '/usr/bin/convert']) {
    const said = await run(command, ['-version']).then(
      ({ stdout }) => stdout,
      () => '',
    )
    const [, version] = /Version: ImageMagick (\d+)\./.exec(said) ?? []
    if (version !== undefined) return { command, version: Number(version) }
  }
  return null
}

async function best(rounds: number, work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now()
    await work()
    least = Math.min(least, performance.now() - begun)
  }
  return least
}

/** As one writes it first: objects, every pixel, sRGB distances, a fixed number of rounds. */
async function naiveCluster(): Promise<void> {
  const data = await sharp(bytes).raw().toBuffer()
  let centres = Array.from({ length: colourCount }, (_, n) => {
    const at = Math.floor(((n + 0.5) / colourCount) * (data.length / 3)) * 3
    return { r: data[at] ?? 0, g: data[at + 1] ?? 0, b: data[at + 2] ?? 0 }
  })
  for (let round = 0; round < 3; round++) {
    const sums = centres.map(() => ({ r: 0, g: 0, b: 0, n: 0 }))
    for (let at = 0; at < data.length; at += 3) {
      const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
      const sum = sums[nearest(centres, { r, g, b })]
      if (sum) {
        sum.r += r
        sum.g += g
        sum.b += b
        sum.n++
      }
    }
    centres = sums.map(({ r, g, b, n }) => ({ r: r / n, g: g / n, b: b / n }))
  }
}

function naivePaint(data: Uint8Array, hexes: readonly string[]): Uint8Array {
  const colours = hexes.map(rgbIn).map(([r, g, b]) => ({ r, g, b }))
  const out = new Uint8Array(data.length)
  for (let at = 0; at < data.length; at += 3) {
    const own = colours[nearest(colours, { r: data[at] ?? 0, g: data[at + 1] ?? 0, b: data[at + 2] ?? 0 })]
    out.set([own?.r ?? 0, own?.g ?? 0, own?.b ?? 0], at)
  }
  return out
}

type Pixel = { r: number; g: number; b: number }
function nearest(colours: readonly Pixel[], { r, g, b }: Pixel): number {
  let own = 0
  let least = Number.POSITIVE_INFINITY
  for (let n = 0; n < colours.length; n++) {
    const colour = colours[n] as Pixel
    const far = (colour.r - r) ** 2 + (colour.g - g) ** 2 + (colour.b - b) ** 2
    if (far < least) {
      least = far
      own = n
    }
  }
  return own
}
