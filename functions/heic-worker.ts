import { parentPort, workerData } from 'node:worker_threads'
import libheif from 'libheif-js/wasm-bundle.js'
import type { RawPicture } from './rules/raw-picture.ts'

const { bytes, limitPixels } = workerData as { bytes: Uint8Array; limitPixels: number }

const images = new libheif.HeifDecoder().decode(bytes)
const image = images.find((one) => one.is_primary()) ?? images[0]
if (!image) throw new Error('no picture in this file')
const [width, height] = [image.get_width(), image.get_height()]
if (!(width * height <= limitPixels)) throw new Error(`a picture of ${width} × ${height}`)
image.display({ data: new Uint8ClampedArray(width * height * 4), width, height }, (pixels) => {
  if (!pixels) throw new Error('the picture in this file cannot be decoded')
  const data = new Uint8Array(pixels.data.buffer as ArrayBuffer)
  parentPort?.postMessage({ width, height, channels: 4, data } satisfies RawPicture, [data.buffer])
})
