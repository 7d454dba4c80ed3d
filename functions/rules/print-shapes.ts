/** What a printed sheet is made of, the same for the PDF and for its preview on screen. Millimetres from the top left. */
export type PrintShape =
  | {
      kind: 'text'
      text: string
      x: number
      /** Of the baseline. */
      y: number
      size: number
      weight: PrintWeight
      align: 'start' | 'middle'
    }
  | { kind: 'code'; text: string; x: number; y: number; size: number }
  | { kind: 'line'; x: number; y: number; toX: number; toY: number }
export type PrintWeight = 'regular' | 'bold'

export type PrintPage = { width: number; height: number; shapes: PrintShape[] }

/** How wide a text is at size 1. */
export type MeasureText = (text: string, weight: PrintWeight) => number

export type Box = { x: number; y: number; width: number; height: number }

type FitOptions = { weight: PrintWeight; align: 'start' | 'middle'; largest: number; measure: MeasureText }

const lineHeight = 1.25
/** Of a line's height: where its baseline is. */
const baseline = 0.88
const step = 0.93

/** The text as large as it can be in the box, on as many lines as that takes, in the middle of its height. */
export function fitText(text: string, box: Box, options: FitOptions): PrintShape[] {
  const { weight, align, largest, measure } = options
  const plain = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
  if (plain === '') return []
  const parts = partsOf(plain).map((part) => ({ part, width: measure(part, weight) }))
  let size = Math.min(largest, box.height / lineHeight)
  let lines = linesOf(parts, box.width / size)
  while (lines.length * lineHeight * size > box.height) {
    size *= step
    lines = linesOf(parts, box.width / size)
  }
  // One that does not fit at all, such as a single very wide character.
  const widest = Math.max(...lines.map((line) => measure(line, weight)))
  size = Math.min(size, box.width / widest)
  const top = box.y + (box.height - lines.length * lineHeight * size) / 2
  const x = align === 'middle' ? box.x + box.width / 2 : box.x
  return lines.map((line, n) => {
    const y = top + n * lineHeight * size + baseline * size
    return { kind: 'text', text: line, x, y, size, weight, align }
  })
}

/** Where a line may end: after a word of letters, after any character of another script. */
const partsOf = (text: string) =>
  [...new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text)]
    .map(({ segment }) => segment)
    .reduce<string[]>((parts, grapheme) => {
      const last = parts.at(-1)
      if (last !== undefined && isOfWord(last) && isOfWord(grapheme)) parts[parts.length - 1] = last + grapheme
      else parts.push(grapheme)
      return parts
    }, [])

const isOfWord = (text: string) => /^[\p{Script=Latin}\p{N}\p{M}'’.,-]+$/u.test(text) && text.length < 24

function linesOf(parts: readonly { part: string; width: number }[], widest: number): string[] {
  const lines: string[] = []
  let line = ''
  let reached = 0
  for (const { part, width } of parts) {
    // A space at the end of a line takes no room.
    if (line.trim() !== '' && part.trim() !== '' && reached + width > widest) {
      lines.push(line.trim())
      line = ''
      reached = 0
    }
    line += part
    reached += width
  }
  return [...lines, line.trim()].filter(Boolean)
}
