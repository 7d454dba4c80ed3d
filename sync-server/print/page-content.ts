import { encode } from 'uqr'
import type { BoardPage, BoardShape, Tone } from '../../functions/rules/board-shapes.ts'
import type { PrintWeight } from '../../functions/rules/print-shapes.ts'
import type { UsedFonts } from './embed-fonts.ts'
import { pdfNumber } from './pdf-file.ts'
import { typeset, widthOf } from './typesetter.ts'

export const pointsPerMm = 72 / 25.4

/** Shares of red, green and blue. */
const tones: Record<Tone, string> = {
  ink: '0 0 0',
  soft: '0.36 0.36 0.36',
  faint: '0.94 0.94 0.93',
  ok: '0.06 0.42 0.29',
  no: '0.7 0.14 0.1',
  paper: '1 1 1',
}
const grey = '0.6 0.6 0.6'

export type PageParts = {
  fonts: UsedFonts
  /** What a photo is called on the page; undefined where there is none. */
  pictureOf(photo: string): string | undefined
}

/** What is drawn on a page, as the operators of a PDF, counted in points from the bottom left. ISO 32000-1, 8 and 9. */
export function pageContent({ height, shapes }: BoardPage, parts: PageParts): string {
  const across = (mm: number) => pdfNumber(mm * pointsPerMm)
  const up = (mm: number) => pdfNumber((height - mm) * pointsPerMm)
  const point = (x: number, y: number) => `${across(x)} ${up(y)}`

  const draw = (shape: BoardShape): string => {
    switch (shape.kind) {
      case 'text':
        return line({ ...shape, tone: 'ink' })
      case 'label':
        return line(shape)
      case 'line':
        return `0.3 w ${grey} RG ${point(shape.x, shape.y)} m ${point(shape.toX, shape.toY)} l S`
      case 'code':
        return code(shape)
      case 'picture': {
        const name = parts.pictureOf(shape.photo)
        const { x, y, width } = shape
        return name
          ? `q ${across(width)} 0 0 ${across(shape.height)} ${point(x, y + shape.height)} cm /${name} Do Q`
          : ''
      }
      case 'area': {
        const { x, y, width, tone } = shape
        return `${tones[tone]} rg ${point(x, y + shape.height)} ${across(width)} ${across(shape.height)} re f`
      }
      case 'disc':
        return disc(shape)
      case 'path': {
        const [first, ...rest] = shape.points.map(({ x, y }) => point(x, y))
        if (!first) return ''
        const to = rest.map((one) => `${one} l`).join(' ')
        return `q ${tones[shape.tone]} RG ${across(shape.width)} w 1 j ${first} m ${to} S Q`
      }
    }
  }

  type Line = { text: string; x: number; y: number; size: number; weight: PrintWeight; align: string; tone: Tone }
  function line({ text, x, y, size, weight, align, tone }: Line): string {
    const runs = typeset(text, weight)
    const width = align === 'start' ? 0 : widthOf(runs) * size
    const left = x - (align === 'middle' ? width / 2 : width)
    const shown = runs.map(({ face, glyphs }) => {
      const { name, hex } = parts.fonts.encode(face, glyphs)
      return `/${name} ${across(size)} Tf <${hex}> Tj`
    })
    return `BT ${tones[tone]} rg ${point(left, y)} Td ${shown.join(' ')} ET`
  }

  /** Four arcs; how far a curve's handles lie is what makes them look round. */
  function disc({ x, y, radius, tone }: Extract<BoardShape, { kind: 'disc' }>): string {
    const far = radius * 0.5523
    const arc = (...points: readonly (readonly [number, number])[]) =>
      `${points.map(([right, down]) => point(x + right, y + down)).join(' ')} c`
    return [
      `${tones[tone]} rg ${point(x + radius, y)} m`,
      arc([radius, far], [far, radius], [0, radius]),
      arc([-far, radius], [-radius, far], [-radius, 0]),
      arc([-radius, -far], [-far, -radius], [0, -radius]),
      arc([far, -radius], [radius, -far], [radius, 0]),
      'f',
    ].join(' ')
  }

  /** A quarter of the code may be dirty or creased and it still reads. Runs of dark modules are one rectangle each. */
  function code({ text, x, y, size }: Extract<BoardShape, { kind: 'code' }>): string {
    const rows = encode(text, { ecc: 'Q', border: 0 }).data
    const dark = rows.flatMap((row, n) => runsOf(row).map(([from, length]) => `${from} ${n} ${length} 1 re`))
    // One module is one unit, counted from the top left: whole numbers keep the file small.
    const module = ((size * pointsPerMm) / rows.length).toFixed(5)
    return `q ${module} 0 0 -${module} ${point(x, y)} cm 0 g ${dark.join(' ')} f Q`
  }

  return shapes.map(draw).filter(Boolean).join('\n')
}

function runsOf(row: readonly boolean[]): [from: number, length: number][] {
  const runs: [number, number][] = []
  row.forEach((dark, at) => {
    const last = runs.at(-1)
    if (!dark) return
    if (last && last[0] + last[1] === at) last[1]++
    else runs.push([at, 1])
  })
  return runs
}
