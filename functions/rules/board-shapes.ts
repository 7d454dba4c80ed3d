import type { Box, MeasureText, PrintShape, PrintWeight } from './print-shapes.ts'
import { fitText } from './print-shapes.ts'

export type Tone = 'ink' | 'soft' | 'faint' | 'ok' | 'no' | 'paper'
/** What a sheet with pictures is made of, besides letters, lines and codes. Millimetres from the top left. */
export type BoardShape =
  | PrintShape
  | { kind: 'label'; text: string; x: number; y: number; size: number; weight: PrintWeight; align: Align; tone: Tone }
  | { kind: 'picture'; photo: string; x: number; y: number; width: number; height: number }
  | { kind: 'path'; points: readonly { x: number; y: number }[]; width: number; tone: Tone }
  | { kind: 'disc'; x: number; y: number; radius: number; tone: Tone }
  | { kind: 'area'; x: number; y: number; width: number; height: number; tone: Tone }
type Align = 'start' | 'middle' | 'end'

export type BoardPage = { width: number; height: number; shapes: BoardShape[] }

export type CellOptions = { size: number; measure: MeasureText; weight?: PrintWeight; align?: Align; tone?: Tone }

/** A text in a box: on one line where that fits, else on several and smaller, in the middle of its height. */
export function cell(text: string, box: Box, { size, measure, ...look }: CellOptions): BoardShape[] {
  const { weight = 'regular', align = 'start', tone = 'ink' } = look
  const plain = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
  if (plain === '') return []
  const x = align === 'start' ? box.x : align === 'middle' ? box.x + box.width / 2 : box.x + box.width
  const label = (line: string, y: number, fitted: number): BoardShape => ({
    kind: 'label',
    text: line,
    x,
    y,
    size: fitted,
    weight,
    align,
    tone,
  })
  if (measure(plain, weight) * size <= box.width) return [label(plain, box.y + box.height / 2 + size * 0.36, size)]
  return fitText(plain, box, { weight, align: 'start', largest: size, measure }).flatMap((shape) =>
    shape.kind === 'text' ? [label(shape.text, shape.y, shape.size)] : [],
  )
}
