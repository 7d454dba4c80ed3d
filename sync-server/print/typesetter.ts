import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { PrintWeight } from '../../functions/rules/print-shapes.ts'
import { type Face, type Glyph, openFace } from './open-face.ts'

/** A text in one face; `width` at size 1. */
export type Run = { face: Face; glyphs: Glyph[]; width: number }

const files = {
  letters: {
    regular: '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
  },
  /** Latin letters with strokes and hooks, Greek with accents, Devanagari. */
  others: {
    regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  },
  emoji: {
    regular: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
    bold: '@expo-google-fonts/noto-emoji/700Bold/NotoEmoji_700Bold.ttf',
  },
} as const
type Kind = keyof typeof files

const require = createRequire(import.meta.url)
const faces = new Map<string, Face>()

/** Read when it is first needed, by the thread that draws. */
function face(kind: Kind, weight: PrintWeight): Face {
  const file = files[kind][weight]
  const known = faces.get(file) ?? openFace(readFileSync(require.resolve(file)))
  faces.set(file, known)
  return known
}

const set = { regular: new Map<string, Run[]>(), bold: new Map<string, Run[]>() }
/** Names of checkpoints and headings come again on every sheet; a sheet has some hundred texts. */
const mostTexts = 5000

/** A text as it is drawn: in the letters of Japanese, what these lack in others, and pictures in emoji. */
export function typeset(text: string, weight: PrintWeight): readonly Run[] {
  const known = set[weight].get(text)
  if (known) return known
  const runs = partsOf(text, weight).map(([own, part]) => runOf(own, part))
  if (set[weight].size >= mostTexts) set[weight].clear()
  set[weight].set(text, runs)
  return runs
}

export const widthOf = (runs: readonly Run[]): number => runs.reduce((sum, { width }) => sum + width, 0)

function runOf(own: Face, text: string): Run {
  const glyphs = own.glyphs(text)
  const units = glyphs.reduce((sum, { id }) => sum + own.tables.advanceOf(id), 0)
  return { face: own, glyphs, width: units / own.unitsPerEm }
}

const asPicture = '\ufe0f'
const lettersFirst: readonly Kind[] = ['letters', 'others', 'emoji']
const picturesFirst: readonly Kind[] = ['emoji', 'letters', 'others']
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** What none has stays with the letters, whose box says that something is there. */
function partsOf(text: string, weight: PrintWeight): [Face, string][] {
  const letters = face('letters', weight)
  if (!text.includes(asPicture) && letters.canDraw(text)) return [[letters, text]]
  const parts: [Face, string][] = []
  for (const { segment } of graphemes.segment(text)) {
    const kinds = segment.includes(asPicture) ? picturesFirst : lettersFirst
    const kind = kinds.find((one) => face(one, weight).canDraw(segment))
    const own = face(kind ?? 'letters', weight)
    const last = parts.at(-1)
    if (last?.[0] === own) last[1] += segment
    else parts.push([own, segment])
  }
  return parts
}
