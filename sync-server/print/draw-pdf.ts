import type { BoardPage } from '../../functions/rules/board-shapes.ts'
import type { MeasureText } from '../../functions/rules/print-shapes.ts'
import { usedFonts } from './embed-fonts.ts'
import { embedPicture } from './embed-picture.ts'
import { pageContent, pointsPerMm } from './page-content.ts'
import { pdfFile, pdfNumber, utf16Hex } from './pdf-file.ts'
import { typeset, widthOf } from './typesetter.ts'

export type DrawOptions = {
  title: string
  nowMs: number
  pages(measure: MeasureText): BoardPage[]
  /** JPEGs by the name that shapes have for them; what is no picture leaves its place empty. */
  photos?: Readonly<Record<string, Uint8Array>>
}

const measure: MeasureText = (text, weight) => widthOf(typeset(text, weight))

/** A PDF of these pages. Fonts come along in the part that is used, codes are drawn as shapes, so that any size is sharp. */
export function drawPdf({ title, nowMs, pages, photos = {} }: DrawOptions): Uint8Array<ArrayBuffer> {
  const file = pdfFile()
  const fonts = usedFonts()
  const pictures = new Map<string, number>()
  const pictureOf = (photo: string): string | undefined => {
    const bytes = photos[photo]
    const number = pictures.get(photo) ?? (bytes && embedPicture(file, bytes))
    if (number == null) return undefined
    pictures.set(photo, number)
    return `P${number}`
  }
  const [root, parent, resources] = [file.reserve(), file.reserve(), file.reserve()]
  const kids = pages(measure).map((page) => {
    const content = file.stream('', Buffer.from(pageContent(page, { fonts, pictureOf }), 'latin1'))
    const box = [0, 0, page.width * pointsPerMm, page.height * pointsPerMm].map(pdfNumber).join(' ')
    return file.dictionary(
      `/Type /Page /Parent ${parent} 0 R /MediaBox [${box}] /Resources ${resources} 0 R /Contents ${content} 0 R`,
    )
  })
  const drawn = [...pictures.values()].map((number) => `/P${number} ${number} 0 R`).join(' ')
  file.dictionary(`/Font << ${fonts.embed(file)} >> /XObject << ${drawn} >>`, resources)
  file.dictionary(`/Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}]`, parent)
  file.dictionary(`/Type /Catalog /Pages ${parent} 0 R`, root)
  const at = dateOf(nowMs)
  const info = file.dictionary(`/Title <feff${utf16Hex(title)}> /Producer (zekken) /CreationDate ${at} /ModDate ${at}`)
  return file.end({ root, info })
}

/** `(D:20260801101500Z)`. ISO 32000-1, 7.9.4. */
const dateOf = (ms: number) => `(D:${new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)}Z)`
