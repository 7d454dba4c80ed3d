import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import {
  concatTransformationMatrix,
  fill,
  LineJoinStyle,
  lineTo,
  moveTo,
  PDFDocument,
  type PDFFont,
  type PDFImage,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  type RGB,
  rectangle,
  rgb,
  setFillingGrayscaleColor,
  setLineJoin,
  setLineWidth,
  setStrokingRgbColor,
  stroke,
} from '@cantoo/pdf-lib'
import { encode } from 'uqr'
import type { BoardPage, BoardShape, Tone } from '../../functions/rules/board-shapes.ts'
import type { MeasureText, PrintWeight } from '../../functions/rules/print-shapes.ts'
import { openFont } from './open-font.ts'

const pointsPerMm = 72 / 25.4
const black = rgb(0, 0, 0)
const grey = rgb(0.6, 0.6, 0.6)
const tones: Record<Tone, RGB> = {
  ink: black,
  soft: rgb(0.36, 0.36, 0.36),
  faint: rgb(0.94, 0.94, 0.93),
  ok: rgb(0.06, 0.42, 0.29),
  no: rgb(0.7, 0.14, 0.1),
  paper: rgb(1, 1, 1),
}

type Fonts = Record<PrintWeight, PDFFont>
export type DrawOptions = {
  title: string
  nowMs: number
  pages(measure: MeasureText): BoardPage[]
  /** JPEGs by the name that shapes have for them; what is no picture leaves its place empty. */
  photos?: Readonly<Record<string, Uint8Array>>
}
type Drawing = { fonts: Fonts; images: Readonly<Record<string, PDFImage>> }

/** A PDF of these pages. Fonts come along in the part that is used, codes are drawn as shapes, so that any size is sharp. */
export async function drawPdf({ title, nowMs, pages, photos = {} }: DrawOptions): Promise<Uint8Array> {
  const doc = await PDFDocument.create()
  doc.registerFontkit({ create: openFont } as never)
  doc.setTitle(title)
  doc.setProducer('zekken')
  doc.setCreationDate(new Date(nowMs))
  doc.setModificationDate(new Date(nowMs))
  const fonts: Fonts = {
    regular: await doc.embedFont(await fontFile('400Regular'), { subset: true }),
    bold: await doc.embedFont(await fontFile('700Bold'), { subset: true }),
  }
  const measure: MeasureText = (text, weight) => fonts[weight].widthOfTextAtSize(text, 1)
  const drawing: Drawing = { fonts, images: await embedded(doc, photos) }
  for (const { width, height, shapes } of pages(measure)) {
    const page = doc.addPage([width * pointsPerMm, height * pointsPerMm])
    for (const shape of shapes) drawShape(page, shape, drawing)
  }
  // Nobody else waits in the thread that draws.
  return await doc.save({ objectsPerTick: Number.POSITIVE_INFINITY })
}

async function embedded(doc: PDFDocument, photos: Readonly<Record<string, Uint8Array>>) {
  const images: Record<string, PDFImage> = {}
  for (const [name, bytes] of Object.entries(photos)) {
    // A picture that cannot be read is no reason to have no sheet.
    const image = await doc.embedJpg(bytes).catch(() => null)
    if (image) images[name] = image
  }
  return images
}

const require = createRequire(import.meta.url)
const files = new Map<string, Promise<Buffer>>()

/** Read once: five megabytes each, and the same bytes are known again by whoever parses them. */
function fontFile(weight: string): Promise<Buffer> {
  const path = require.resolve(`@expo-google-fonts/noto-sans-jp/${weight}/NotoSansJP_${weight}.ttf`)
  const known = files.get(path) ?? readFile(path)
  files.set(path, known)
  return known
}

function drawShape(page: PDFPage, shape: BoardShape, { fonts, images }: Drawing): void {
  const up = (y: number) => page.getHeight() - y * pointsPerMm
  switch (shape.kind) {
    case 'text': {
      const font = fonts[shape.weight]
      const size = shape.size * pointsPerMm
      const width = shape.align === 'middle' ? font.widthOfTextAtSize(shape.text, size) : 0
      page.drawText(shape.text, { x: shape.x * pointsPerMm - width / 2, y: up(shape.y), size, font, color: black })
      return
    }
    case 'line':
      page.drawLine({
        start: { x: shape.x * pointsPerMm, y: up(shape.y) },
        end: { x: shape.toX * pointsPerMm, y: up(shape.toY) },
        thickness: 0.3,
        color: grey,
      })
      return
    case 'code':
      drawCode(page, shape)
      return
    case 'label': {
      const { text, weight, align, tone } = shape
      const [font, size] = [fonts[weight], shape.size * pointsPerMm]
      const width = align === 'start' ? 0 : font.widthOfTextAtSize(text, size)
      const x = shape.x * pointsPerMm - (align === 'middle' ? width / 2 : width)
      page.drawText(text, { x, y: up(shape.y), size, font, color: tones[tone] })
      return
    }
    case 'picture': {
      const image = images[shape.photo]
      const [width, height] = [shape.width * pointsPerMm, shape.height * pointsPerMm]
      if (image) page.drawImage(image, { x: shape.x * pointsPerMm, y: up(shape.y) - height, width, height })
      return
    }
    case 'area': {
      const [width, height] = [shape.width * pointsPerMm, shape.height * pointsPerMm]
      page.drawRectangle({ x: shape.x * pointsPerMm, y: up(shape.y) - height, width, height, color: tones[shape.tone] })
      return
    }
    case 'disc':
      page.drawCircle({
        x: shape.x * pointsPerMm,
        y: up(shape.y),
        size: shape.radius * pointsPerMm,
        color: tones[shape.tone],
      })
      return
    case 'path':
      drawPath(page, shape)
  }
}

function drawPath(page: PDFPage, { points, width, tone }: Extract<BoardShape, { kind: 'path' }>): void {
  const { red, green, blue } = tones[tone]
  const [first, ...rest] = points.map(({ x, y }) => [x * pointsPerMm, page.getHeight() - y * pointsPerMm] as const)
  if (!first) return
  page.pushOperators(
    pushGraphicsState(),
    setStrokingRgbColor(red, green, blue),
    setLineWidth(width * pointsPerMm),
    setLineJoin(LineJoinStyle.Round),
    moveTo(...first),
    ...rest.map((to) => lineTo(...to)),
    stroke(),
    popGraphicsState(),
  )
}

/** A quarter of the code may be dirty or creased and it still reads. Runs of dark modules are one rectangle each. */
function drawCode(page: PDFPage, { text, x, y, size }: Extract<BoardShape, { kind: 'code' }>): void {
  const rows = encode(text, { ecc: 'Q', border: 0 }).data
  const module = (size * pointsPerMm) / rows.length
  const top = page.getHeight() - y * pointsPerMm
  const rectangles = rows.flatMap((row, n) => runsOf(row).map(([from, length]) => rectangle(from, n, length, 1)))
  // One module is one unit, counted from the top left: whole numbers keep the file small.
  const grid = concatTransformationMatrix(module, 0, 0, -module, x * pointsPerMm, top)
  page.pushOperators(pushGraphicsState(), grid, setFillingGrayscaleColor(0), ...rectangles, fill(), popGraphicsState())
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
