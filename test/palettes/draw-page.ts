/**
 * Draws every picture of docs/palettes.md anew, `node test/palettes/draw-page.ts`: the originals by hand of code, all others
 * from those files as the product makes them; prints the colours that the page names.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { seed } from '../../functions/cluster.ts'
import { type Clustered, clusterPicture, paintPicture } from '../../functions/palette-pictures.ts'
import { colourName } from '../../functions/rules/colour-names.ts'
import type { PaintStyle } from '../../functions/rules/paint.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'palettes')

/** As the page shows them: hex digits, per cent of the picture, name; the largest first. */
export const shownColours = ({ colours }: Clustered): string =>
  colours.map(({ hex, share }) => `\`${hex}\` ${colourName(hex).en} ${Math.round(share * 100)} %`).join(', ')

/** Number of colours and the seed are those of a palette for which organizers choose nothing. */
export const clusterOriginal = async (name: string): Promise<Clustered> =>
  await clusterPicture(await readFile(join(folder, `${name}-original.jpg`)), null, seed)

const svg = (width: number, height: number, inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`

const gradient = (id: string, ...stops: [offset: number, colour: string][]) =>
  `<linearGradient id="${id}" x2="0" y2="1">${stops.map(([at, colour]) => `<stop offset="${at}" stop-color="${colour}"/>`).join('')}</linearGradient>`

const originals: Record<string, string> = {
  sunset: svg(
    600,
    400,
    `<defs>${gradient('sky', [0, '#2b1b4d'], [0.45, '#a33a5b'], [0.75, '#f0803c'], [1, '#ffd98a'])}</defs>
    <rect width="600" height="400" fill="url(#sky)"/><circle cx="380" cy="270" r="42" fill="#fff0b5"/>
    <path d="M0 300Q90 240 190 292T400 280T600 262V400H0Z" fill="#5a2b52"/>
    <path d="M0 340Q140 290 290 345T600 318V400H0Z" fill="#1d1430"/>`,
  ),
  hills: svg(
    600,
    400,
    `<defs>${gradient('sky', [0, '#5b9fe0'], [1, '#cfe6f5'])}${gradient('field', [0, '#7fae4a'], [1, '#38702f'])}</defs>
    <rect width="600" height="400" fill="url(#sky)"/>
    <path d="M0 210L120 110L220 190L330 90L470 200L600 130V400H0Z" fill="#6d86a8"/>
    <path d="M0 250Q150 190 300 245T600 225V400H0Z" fill="url(#field)"/>
    <path d="M0 330Q190 280 360 335T600 310V400H0Z" fill="#e3c14b"/>
    <rect x="430" y="190" width="26" height="70" fill="#a3452c"/><path d="M420 192L443 160L466 192Z" fill="#6e2a1c"/>`,
  ),
  portrait: svg(
    450,
    600,
    `<defs><radialGradient id="skin" cx="0.4" cy="0.35"><stop offset="0" stop-color="#ffe0c4"/><stop offset="1" stop-color="#b57e5a"/></radialGradient>${gradient('wall', [0, '#b9c4cc'], [1, '#8e9aa3'])}</defs>
    <rect width="450" height="600" fill="url(#wall)"/>
    <path d="M60 600Q80 430 224 430T390 600Z" fill="#36546e"/><rect x="184" y="370" width="84" height="90" fill="#c48b68"/>
    <ellipse cx="224" cy="270" rx="124" ry="156" fill="url(#skin)"/>
    <path d="M96 260Q80 80 224 84T356 260Q330 160 224 166T96 260Z" fill="#3a2a20"/>
    <circle cx="176" cy="276" r="14" fill="#20242a"/><circle cx="272" cy="276" r="14" fill="#20242a"/>
    <circle cx="172" cy="271" r="4" fill="#fff"/><circle cx="268" cy="271" r="4" fill="#fff"/>
    <path d="M180 352Q224 384 272 352" stroke="#8a3d3a" stroke-width="10" fill="none" stroke-linecap="round"/>`,
  ),
}

const kinds: Record<string, string> = { 'image/jpeg': 'jpg', 'image/webp': 'webp' }

async function paintedAs(name: string, original: Uint8Array, colours: readonly string[], style: PaintStyle) {
  const { large } = await paintPicture({ do: 'paint', large: original, small: original, colours, style })
  await writeFile(join(folder, `${name}.${kinds[large.contentType]}`), large.bytes)
}

async function drawAll(): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder)) await rm(join(folder, name))
  const files = new Map<string, Uint8Array>()
  for (const [name, drawn] of Object.entries(originals)) {
    const bytes = await sharp(Buffer.from(drawn)).jpeg({ quality: 85 }).toBuffer()
    await writeFile(join(folder, `${name}-original.jpg`), bytes)
    files.set(name, bytes)
  }
  const colours: Record<string, string[]> = {}
  for (const name of ['sunset', 'hills']) {
    const made = await clusterOriginal(name)
    await writeFile(join(folder, `${name}-clustered.${kinds[made.clustered.contentType]}`), made.clustered.bytes)
    colours[name] = made.colours.map(({ hex }) => hex)
    process.stdout.write(`${name}: ${shownColours(made)}; ${Math.round(made.explained * 100)} %\n`)
  }
  const { sunset = [], hills = [] } = colours
  const both = [...new Set([...sunset, ...hills])].sort()
  const portrait = files.get('portrait')!
  await paintedAs('portrait-one', portrait, [...sunset].sort(), 'blend')
  await paintedAs('portrait-two', portrait, both, 'blend')
  await paintedAs('portrait-dots', portrait, both, 'dots')
  await paintedAs('portrait-flat', portrait, both, 'flat')
  await paintedAs('hills-in-sunset', files.get('hills')!, [...sunset].sort(), 'blend')
}

if (import.meta.main) await drawAll()
