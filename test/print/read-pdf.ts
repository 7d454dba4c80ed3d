import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

type Rendering = Parameters<PDFPageProxy['render']>[0]
type CanvasFactory = {
  create(
    width: number,
    height: number,
  ): { canvas: Rendering['canvas']; context: NonNullable<Rendering['canvasContext']> }
}

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
      const [wide, high] = [Math.ceil(viewport.width), Math.ceil(viewport.height)]
      // The one that pdf.js brings along for Node.
      const { canvas, context } = (doc.canvasFactory as CanvasFactory).create(wide, high)
      await page.render({ canvas, canvasContext: context, viewport }).promise
      const { data, width, height } = context.getImageData(0, 0, wide, high)
      return { data: new Uint8ClampedArray(data), width, height }
    },
  }
}
