import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { Words } from '../../design-docs/primitives.ts'
import { type Box, fitText, type MeasureText, type PrintPage } from './print-shapes.ts'
import { type Wifi, wifiText } from './wifi-text.ts'

export type Poster = {
  /** Small, above. */
  over: string
  /** To be read from afar. */
  title: string
  /** What the QR holds. */
  code: string
  /** Below the code, the first one larger. */
  lines: string[]
}
type About = { event: Pick<EventDoc, 'name' | 'code'>; baseUrl: string; language: keyof Words }

const words = {
  ja: {
    checkpoint: 'チェックポイント',
    scan: 'スマートフォンで読み取ると、チームのアプリが開きます。',
    entry: '参加申込',
    entryText: 'スマートフォンで読み取ると、申込フォームが開きます。',
    staff: 'スタッフ募集',
    staffText: 'スマートフォンで読み取ると、応募フォームが開きます。',
    wifiText: 'スマートフォンで読み取ると、つながります。',
    password: (text: string) => `パスワード：${text}`,
  },
  en: {
    checkpoint: 'Checkpoint',
    scan: 'Scan with your phone to open the team app.',
    entry: 'Enter here',
    entryText: 'Scan with your phone to open the entry form.',
    staff: 'Staff wanted',
    staffText: 'Scan with your phone to apply.',
    wifiText: 'Scan with your phone to join.',
    password: (text: string) => `Password: ${text}`,
  },
} satisfies Record<keyof Words, unknown>

const saidIn = (text: Words, language: keyof Words) => text[language] || text.ja || text.en

/** Hangs at a checkpoint; a link to its screen in the team app. */
export function checkpointPoster(
  { number, name }: Pick<CheckpointDoc, 'number' | 'name'>,
  { event, baseUrl, language }: About,
): Poster {
  const t = words[language]
  const code = `${baseUrl}/team/check-in/${number}`
  return { over: saidIn(event.name, language), title: number, code, lines: [saidIn(name, language), t.scan] }
}

/** The public address of the entry form. */
export function entryPoster({ event, baseUrl, language }: About): Poster {
  const t = words[language]
  const code = `${baseUrl}/enter/${event.code}`
  return { over: saidIn(event.name, language), title: t.entry, code, lines: [code, t.entryText] }
}

/** The public address where people apply as staff. */
export function staffPoster({ event, baseUrl, language }: About): Poster {
  const t = words[language]
  const code = `${baseUrl}/enter/${event.code}/staff`
  return { over: saidIn(event.name, language), title: t.staff, code, lines: [code, t.staffText] }
}

/** Joins phones to the network of the venue. */
export function wifiPoster(wifi: Wifi, { event, language }: About): Poster {
  const t = words[language]
  const secret = wifi.password === '' ? [] : [t.password(wifi.password)]
  return {
    over: saidIn(event.name, language),
    title: 'Wi-Fi',
    code: wifiText(wifi),
    lines: [wifi.ssid, ...secret, t.wifiText],
  }
}

const width = 210
const height = 297
const codeSize = 120

/** One on each page of A4. */
export const posterPages = (posters: readonly Poster[], measure: MeasureText): PrintPage[] =>
  posters.map(({ over, title, code, lines }) => {
    const middle = { align: 'middle', measure } as const
    const row = (y: number, tall: number): Box => ({ x: 15, y, width: width - 30, height: tall })
    const [first = '', ...others] = lines
    const below = others.flatMap((line, n) =>
      fitText(line, row(244 + n * 14, 12), { ...middle, weight: 'regular', largest: 7 }),
    )
    return {
      width,
      height,
      shapes: [
        ...fitText(over, row(12, 14), { ...middle, weight: 'regular', largest: 10 }),
        ...fitText(title, row(28, 62), { ...middle, weight: 'bold', largest: 56 }),
        { kind: 'code', text: code, x: (width - codeSize) / 2, y: 94, size: codeSize },
        ...fitText(first, row(220, 22), { ...middle, weight: 'bold', largest: 13 }),
        ...below,
      ],
    }
  })
