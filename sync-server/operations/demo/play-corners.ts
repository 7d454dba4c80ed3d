import sharp from 'sharp'
import type { PaletteRow } from '../../../design-docs/palettes.ts'
import type { EventDraft } from '../../setup/create-event.ts'
import type { DemoPhone } from './demo-phone.ts'
import type { DrawnPhoto } from './draw-photo.ts'

const minute = 60_000
const pictures = [
  {
    ja: '長良川の夕焼け',
    en: 'Sunset on the river',
    top: '#3b1f52',
    middle: '#d8513a',
    low: '#f6c34a',
    ground: '#1d1430',
  },
  {
    ja: '金華山の緑',
    en: 'Green of the mountain',
    top: '#9fd0ea',
    middle: '#cfe8d2',
    low: '#8fbf5f',
    ground: '#2f6b34',
  },
  { ja: '和紙と藍', en: 'Paper and indigo', top: '#f5efdc', middle: '#b9c9e0', low: '#4b6ea9', ground: '#16284f' },
] as const

/** Three palettes, and six teams that had their portrait taken; each has been to some of the corners. */
export async function playCorners(
  { admin, corner }: { admin: Pick<DemoPhone, 'ask' | 'read'>; corner: DemoPhone },
  { event: { code, startsAt }, only }: { event: EventDraft; only?: ReadonlySet<string> | undefined },
): Promise<number> {
  const root = `/api/events/${code}/palettes`
  for (const { ja, en, ...colours } of pictures) {
    await admin.ask('POST', `${root}?${new URLSearchParams({ ja, en })}`, await drawView(colours))
  }
  const { palettes } = (await admin.read(root)) as { palettes: PaletteRow[] }
  for (const { plan } of palettes) {
    const { _rev, name, order, k, photo } = plan
    await admin.ask('PUT', `${root}/${encodeURIComponent(photo)}`, { _rev, name, order, k, state: 'shown' })
  }
  for (const [n, team] of ['101', '102', '103', '104', '105', '106'].entries()) {
    const at = startsAt + (20 + n) * minute
    if (only && !only.has(team)) continue
    corner.photograph({ team }, await drawFace(n), at)
    for (const [p, { plan }] of palettes.entries()) {
      if (p > n % 4) continue
      corner.record('collected', at + (p + 1) * minute, { team, palette: plan.photo, verified: true })
    }
  }
  return await corner.deliver()
}

type View = { top: string; middle: string; low: string; ground: string }

async function drawView({ top, middle, low, ground }: View): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="630">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="0.5" stop-color="${middle}"/><stop offset="1" stop-color="${low}"/></linearGradient></defs>
    <rect width="900" height="630" fill="url(#sky)"/>
    <path d="M0 480Q180 390 360 490T720 480T900 450V630H0Z" fill="${ground}"/></svg>`
  return await sharp(Buffer.from(svg)).png().toBuffer()
}

/** Nobody's face: a head, hair and a coat, another for each number. */
async function drawFace(n: number): Promise<DrawnPhoto> {
  const [width, height] = [900, 1200]
  const hue = (n * 67) % 360
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 225 300">
    <defs><radialGradient id="skin" cx="0.4" cy="0.35"><stop offset="0" stop-color="#ffe0c4"/><stop offset="1" stop-color="#c08a66"/></radialGradient></defs>
    <rect width="225" height="300" fill="hsl(${200 + n * 8},18%,72%)"/>
    <path d="M30 300Q40 215 112 215T195 300Z" fill="hsl(${hue},45%,40%)"/>
    <rect x="92" y="185" width="42" height="45" fill="#c48b68"/>
    <ellipse cx="112" cy="135" rx="62" ry="78" fill="url(#skin)"/>
    <path d="M48 130Q40 40 112 42T178 130Q165 ${78 + n * 3} 112 ${82 + n * 2}T48 130Z" fill="hsl(24,30%,${10 + n * 4}%)"/>
    <circle cx="88" cy="138" r="7" fill="#20242a"/><circle cx="136" cy="138" r="7" fill="#20242a"/>
    <path d="M90 175Q112 ${188 + n * 2} 136 175" stroke="#8a3d3a" stroke-width="5" fill="none"/></svg>`
  const bytes = await sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer()
  const preview = await sharp(bytes).resize(150, 105, { fit: 'cover' }).jpeg({ quality: 60 }).toBuffer()
  return { bytes, preview, width, height }
}
