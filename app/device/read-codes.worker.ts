import type { ReadCode } from './code-reader.ts'
import { startWasmReader } from './start-wasm-reader.ts'

export type Frame = { id: number; pixels: ArrayBuffer; width: number; height: number }
export type Reading = { id: number; text: string | null } | { ready: boolean }

const say = (reading: Reading) => postMessage(reading)
const scriptReader = async () => (await import('./read-by-script.ts')).readByScript

let reader: Promise<ReadCode> = startWasmReader().catch(scriptReader)
reader.then(
  () => say({ ready: true }),
  () => say({ ready: false }),
)

addEventListener('message', async ({ data }: MessageEvent<Frame>) => {
  const image = new ImageData(new Uint8ClampedArray(data.pixels), data.width, data.height)
  say({ id: data.id, text: await look(image) })
})

async function look(image: ImageData): Promise<string | null> {
  try {
    return await (await reader)(image)
  } catch {
    // WebAssembly that ran out of memory does not come back; one frame is lost, the next is read by script.
    reader = scriptReader()
    return null
  }
}
