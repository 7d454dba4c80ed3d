import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

export type Frame = { id: number; pixels: ArrayBuffer; width: number; height: number }
export type Reading = { id: number; text: string | null } | { ready: boolean }

const say = (reading: Reading) => postMessage(reading)

prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true }).then(
  () => say({ ready: true }),
  () => say({ ready: false }),
)

addEventListener('message', async ({ data }: MessageEvent<Frame>) => {
  const image = new ImageData(new Uint8ClampedArray(data.pixels), data.width, data.height)
  const found = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1 }).catch(() => [])
  say({ id: data.id, text: found.find((one) => one.isValid)?.text ?? null })
})
