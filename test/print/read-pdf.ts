import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a reader of the PDF gets: for each page its size in millimetres, its text, and a picture of it. */
export async function readPdf(bytes: Uint8Array) {
  const doc = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  return {
    pages: doc.numPages,
    async size(n: number) {
      const [, , width = 0, height = 0] = (await doc.getPage(n)).view
      return [width, height].map((points) => Math.round((points * 25.4) / 72))
    },
    async texts(n: number): Promise<string[]> {
      const { items } = await (await doc.getPage(n)).getTextContent()
      return items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str] : []))
    },
    /** RGBA pixels. */
    async picture(n: number, scale: number) {
      const page = await doc.getPage(n)
      const viewport = page.getViewport({ scale })
      const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
      const canvasContext = canvas.getContext('2d')
      await page.render({ canvas: canvas as never, canvasContext: canvasContext as never, viewport }).promise
      const { data, width, height } = canvasContext.getImageData(0, 0, canvas.width, canvas.height)
      return { data: new Uint8ClampedArray(data), width, height }
    },
  }
}
