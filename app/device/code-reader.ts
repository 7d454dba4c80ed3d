import type { Frame, Reading } from './read-codes.worker.ts'

/** Reads the QR code in a picture, or null. */
export type CodeReader = { read(image: ImageData): Promise<string | null>; close(): void }

/** BarcodeDetector is in no standard library's types yet: https://wicg.github.io/shape-detection-api/ */
type Detector = { detect(image: ImageData): Promise<{ rawValue: string }[]> }
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

let shared: Promise<CodeReader | null> | undefined

/** The one reader of this page, ready to read; null when neither the browser nor WebAssembly can. */
export function codeReader(): Promise<CodeReader | null> {
  shared ??= nativeReader()
    .then((native) => native ?? workerReader())
    .then((reader) => {
      // A failed start is tried again at the next call: the WebAssembly file may have been out of reach.
      if (reader === null) shared = undefined
      return reader
    })
  return shared
}

/** The browser's own detector, where it is there and reads a drawn sample rightly; some claim QR and find nothing. */
async function nativeReader(): Promise<CodeReader | null> {
  const BarcodeDetector = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!BarcodeDetector) return null
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes('qr_code')) return null
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    const read = async (image: ImageData) => (await detector.detect(image))[0]?.rawValue ?? null
    const { drawSample, sampleText } = await import('./draw-sample.ts')
    return (await read(drawSample())) === sampleText ? { read, close: () => undefined } : null
  } catch {
    // Whatever it stumbles over, the worker can do the same.
    return null
  }
}

function workerReader(): Promise<CodeReader | null> {
  if (typeof WebAssembly === 'undefined') return Promise.resolve(null)
  const worker = new Worker(new URL('./read-codes.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (text: string | null) => void>()
  let last = 0
  const read = ({ data, width, height }: ImageData) =>
    new Promise<string | null>((resolve) => {
      const frame: Frame = { id: ++last, pixels: data.buffer as ArrayBuffer, width, height }
      waiting.set(frame.id, resolve)
      worker.postMessage(frame, [frame.pixels])
    })
  return new Promise((resolve) => {
    worker.addEventListener('error', () => resolve(null))
    worker.addEventListener('message', ({ data }: MessageEvent<Reading>) => {
      if ('ready' in data) {
        resolve(data.ready ? { read, close: () => worker.terminate() } : null)
        return
      }
      waiting.get(data.id)?.(data.text)
      waiting.delete(data.id)
    })
  })
}
