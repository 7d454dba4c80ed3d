import sharp from 'sharp'
import type { Chance } from './chance.ts'

export type DrawnPhoto = { bytes: Uint8Array; preview: Uint8Array; width: number; height: number }

/** A picture that looks taken at a place: sky, hills, a sign with the checkpoint and the team standing before it. */
export async function drawPhoto(checkpoint: string, team: string, people: number, chance: Chance): Promise<DrawnPhoto> {
  const [width, height] = [1280, 960]
  const picture = sharp(Buffer.from(scene({ checkpoint, team, people, chance, width, height })))
  const bytes = await picture.jpeg({ quality: 78 }).toBuffer()
  const preview = await sharp(bytes).resize(150, 105, { fit: 'cover' }).jpeg({ quality: 60 }).toBuffer()
  return { bytes, preview, width, height }
}

type Scene = { checkpoint: string; team: string; people: number; chance: Chance; width: number; height: number }

function scene({ checkpoint, team, people, chance, width, height }: Scene): string {
  const hue = chance.between(190, 215)
  const hills = [0, 1, 2].map((row) => hill(row, { chance, width, height })).join('')
  const crowd = Array.from({ length: people }, (_, i) => person(i, people, { chance, width, height })).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="hsl(${hue},60%,${chance.between(48, 62)}%)"/><stop offset="1" stop-color="hsl(${hue},55%,90%)"/>
    </linearGradient></defs>
    <rect width="${width}" height="${height}" fill="url(#sky)"/>
    <circle cx="${chance.between(100, 1180)}" cy="${chance.between(80, 200)}" r="48" fill="#fff6cf"/>
    ${hills}
    <g transform="translate(${chance.between(860, 980)} 330)">
      <rect x="84" y="150" width="22" height="420" fill="#6b4a2b"/>
      <rect width="190" height="190" rx="14" fill="#f4efe2" stroke="#6b4a2b" stroke-width="10"/>
      <text x="95" y="128" font-family="sans-serif" font-weight="700" font-size="100" text-anchor="middle" fill="#155e3b">${checkpoint}</text>
    </g>
    ${crowd}
    <text x="40" y="${height - 40}" font-family="sans-serif" font-weight="700" font-size="56" fill="#ffffffcc">${team}</text>
  </svg>`
}

type Canvas = Pick<Scene, 'chance' | 'width' | 'height'>

function hill(row: number, { chance, width, height }: Canvas): string {
  const base = 480 + row * 130
  const peaks = Array.from({ length: 7 }, (_, i) => `${(i * width) / 6} ${base - chance.between(20, 170)}`)
  const colour = `hsl(${chance.between(100, 150)},${30 + row * 6}%,${46 - row * 11}%)`
  return `<path d="M0 ${height} L${peaks.join(' L')} L${width} ${height}Z" fill="${colour}"/>`
}

function person(index: number, of: number, { chance, width, height }: Canvas): string {
  const x = (width * 0.62 * (index + 1)) / (of + 1) + 40
  const tall = chance.between(230, 330)
  const top = height - 90 - tall
  const coat = `hsl(${chance.between(0, 359)},65%,45%)`
  return `<circle cx="${x}" cy="${top}" r="46" fill="hsl(28,45%,${chance.between(55, 75)}%)"/>
    <path d="M${x - 70} ${height - 80} q10 -${tall} 70 -${tall - 40} q60 -10 70 ${tall - 40}Z" fill="${coat}"/>`
}
