import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import {
  concatTransformationMatrix,
  fill,
  PDFDocument,
  type PDFFont,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  rgb,
  setFillingGrayscaleColor,
} from '@cantoo/pdf-lib'
import { create } from 'fontkit'
import { encode } from 'uqr'
import type { MeasureText, PrintPage, PrintShape, PrintWeight } from '../../functions/rules/print-shapes.ts'

const pointsPerMm = 72 / 25.4
const black = rgb(0, 0, 0)
const grey = rgb(0.6, 0.6, 0.6)

type Fonts = Record<PrintWeight, PDFFont>
export type DrawOptions = { title: string; nowMs: number; pages(measure: MeasureText): PrintPage[] }

/** A PDF of these pages. Fonts come along in the part that is used, codes are drawn as shapes, so that any size is sharp. */
export async function drawPdf({ title, nowMs, pages }: DrawOptions): Promise<Uint8Array> {
  const doc = await PDFDocument.create()
  doc.registerFontkit({ create: (bytes: Uint8Array, name?: string) => create(Buffer.from(bytes), name) } as never)
  doc.setTitle(title)
  doc.setProducer('zekken')
  doc.setCreationDate(new Date(nowMs))
  doc.setModificationDate(new Date(nowMs))
  const fonts: Fonts = {
    regular: await doc.embedFont(await fontFile('400Regular'), { subset: true }),
    bold: await doc.embedFont(await fontFile('700Bold'), { subset: true }),
  }
  const measure: MeasureText = (text, weight) => fonts[weight].widthOfTextAtSize(text, 1)
  for (const { width, height, shapes } of pages(measure)) {
    const page = doc.addPage([width * pointsPerMm, height * pointsPerMm])
    for (const shape of shapes) drawShape(page, shape, fonts)
  }
  return await doc.save()
}

const require = createRequire(import.meta.url)
const fontFile = (weight: string) =>
  readFile(require.resolve(`@expo-google-fonts/noto-sans-jp/${weight}/NotoSansJP_${weight}.ttf`))

function drawShape(page: PDFPage, shape: PrintShape, fonts: Fonts): void {
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
  }
}

/** A quarter of the code may be dirty or creased and it still reads. Runs of dark modules are one rectangle each. */
function drawCode(page: PDFPage, { text, x, y, size }: Extract<PrintShape, { kind: 'code' }>): void {
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
