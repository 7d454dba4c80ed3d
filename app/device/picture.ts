/** A photo as it is kept: shrunk, upright, with the preview that travels ahead of it. */
export type Picture = { original: Blob; preview: Blob; width: number; height: number }
export type PictureOutcome = { ok: true; picture: Picture } | { ok: false; problem: 'not-picture' | 'too-large' }

const maxBytes = 10_485_760
const preview = { width: 150, height: 105, maxBytes: 8_192 }

/** Shrinks a camera's frame or a chosen file to `maxSide` pixels at most; the file's own rotation is applied. */
export async function takePicture(source: HTMLVideoElement | Blob, maxSide: number): Promise<PictureOutcome> {
  if (source instanceof HTMLVideoElement) {
    return develop(source, { width: source.videoWidth, height: source.videoHeight, maxSide })
  }
  const bitmap = await createImageBitmap(source, { imageOrientation: 'from-image' }).catch(() => null)
  if (bitmap === null) return { ok: false, problem: 'not-picture' }
  try {
    return await develop(bitmap, { width: bitmap.width, height: bitmap.height, maxSide })
  } finally {
    bitmap.close()
  }
}

async function develop(source: CanvasImageSource, full: Size & { maxSide: number }): Promise<PictureOutcome> {
  if (full.width === 0 || full.height === 0) return { ok: false, problem: 'not-picture' }
  const scale = Math.min(1, full.maxSide / Math.max(full.width, full.height))
  const [width, height] = [Math.round(full.width * scale), Math.round(full.height * scale)]
  const canvas = draw(source, { x: 0, y: 0, width: full.width, height: full.height }, { width, height })
  const original = await jpeg(canvas, 0.85)
  if (original.size > maxBytes) return { ok: false, problem: 'too-large' }
  return { ok: true, picture: { original, preview: await previewOf(canvas), width, height } }
}

/** Cropped to the middle, never distorted, and as good as 8 KB allow. */
async function previewOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const shape = preview.width / preview.height
  const width = Math.min(canvas.width, canvas.height * shape)
  const height = width / shape
  const middle = { x: (canvas.width - width) / 2, y: (canvas.height - height) / 2, width, height }
  const small = draw(canvas, middle, preview)
  for (const quality of [0.8, 0.65, 0.5, 0.35]) {
    const blob = await jpeg(small, quality)
    if (blob.size <= preview.maxBytes) return blob
  }
  return jpeg(small, 0.1)
}

type Size = { width: number; height: number }
function draw(source: CanvasImageSource, from: Size & { x: number; y: number }, to: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = to.width
  canvas.height = to.height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, from.x, from.y, from.width, from.height, 0, 0, to.width, to.height)
  return canvas
}

const jpeg = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob>((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('no memory for a picture'))),
      'image/jpeg',
      quality,
    ),
  )
