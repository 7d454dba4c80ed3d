import type { ReadCode } from './code-reader.ts'

/** Longer sides cost time and find no more: a bib fills a good part of the frame. */
const maxSide = 720

/** Reads frame after frame, never two at once, until the returned function is called. */
export function watchCodes(video: HTMLVideoElement, read: ReadCode, onText: (text: string) => void): () => void {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let running = true
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = async () => {
    const image = context && grab(video, context)
    const text = image ? await read(image) : null
    if (!running) return
    if (text !== null) onText(text)
    timer = setTimeout(next, image ? 30 : 120)
  }
  const next = () => void look()
  next()
  return () => {
    running = false
    clearTimeout(timer)
  }
}

/** The square in the middle of the picture, where the frame on screen is, with a margin around it. */
function grab(video: HTMLVideoElement, context: CanvasRenderingContext2D): ImageData | null {
  const { videoWidth, videoHeight } = video
  const side = Math.min(videoWidth, videoHeight)
  if (side === 0) return null
  const size = Math.min(side, maxSide)
  if (context.canvas.width !== size) context.canvas.width = context.canvas.height = size
  context.drawImage(video, (videoWidth - side) / 2, (videoHeight - side) / 2, side, side, 0, 0, size, size)
  return context.getImageData(0, 0, size, size)
}
