import type { Frame, Reading } from './read-codes.worker.ts'

/** Reads the QR code in a picture, or null. */
export type ReadCode = (image: ImageData) => Promise<string | null>

/** BarcodeDetector is in no standard library's types yet: https://wicg.github.io/shape-detection-api/ */
type Detector = { detect(image: ImageData): Promise<{ rawValue: string }[]> }
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

let shared: Promise<ReadCode | null> | undefined

/** The one reader of this page, ready to read: the browser's own, WebAssembly, or script; null when none could be loaded. */
export function codeReader(): Promise<ReadCode | null> {
  shared ??= nativeReader()
    .then((native) => native ?? workerReader())
    .then((reader) => {
      // A failed start is tried again at the next call: the files may have been out of reach.
      if (reader === null) shared = undefined
      return reader
    })
  return shared
}

/** The browser's own detector, where it is there and reads a drawn sample rightly; some claim QR and find nothing. */
async function nativeReader(): Promise<ReadCode | null> {
  const BarcodeDetector = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!BarcodeDetector) return null
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes('qr_code')) return null
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    const read: ReadCode = async (image) => (await detector.detect(image))[0]?.rawValue ?? null
    const { drawSample, sampleText } = await import('./draw-sample.ts')
    return (await read(drawSample())) === sampleText ? read : null
  } catch {
    // Whatever it stumbles over, the worker can do the same.
    return null
  }
}

function workerReader(): Promise<ReadCode | null> {
  const worker = new Worker(new URL('./read-codes.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (text: string | null) => void>()
  let last = 0
  const read: ReadCode = ({ data, width, height }) =>
    new Promise((resolve) => {
      const frame: Frame = { id: ++last, pixels: data.buffer as ArrayBuffer, width, height }
      waiting.set(frame.id, resolve)
      worker.postMessage(frame, [frame.pixels])
    })
  return new Promise((resolve) => {
    worker.addEventListener('error', () => resolve(null))
    worker.addEventListener('message', ({ data }: MessageEvent<Reading>) => {
      if ('ready' in data) {
        if (!data.ready) worker.terminate()
        resolve(data.ready ? read : null)
        return
      }
      waiting.get(data.id)?.(data.text)
      waiting.delete(data.id)
    })
  })
}
