import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RawPicture } from './rules/raw-picture.ts'

const limitSeconds = 20
/** One after the other: each takes up to a quarter of a gigabyte. */
let last: Promise<unknown> = Promise.resolve()

/**
 * The pixels of a HEIC file, upright. libheif decodes it as WebAssembly, in a thread that lives for this one picture: what
 * a hostile file does to its memory ends with it. Rejects when it cannot be decoded, or has not been in time.
 */
export function unpackHeic(bytes: Uint8Array, limitPixels: number): Promise<RawPicture> {
  const picture = last.then(() => inOwnThread({ bytes, limitPixels }))
  last = picture.catch(() => undefined)
  return picture
}

async function inOwnThread(workerData: { bytes: Uint8Array; limitPixels: number }): Promise<RawPicture> {
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), { workerData, stdout: true, stderr: true })
  const signal = AbortSignal.timeout(limitSeconds * 1000)
  const ended = once(worker, 'exit', { signal }).then(() => {
    throw new Error('the thread for a picture ended without one')
  })
  try {
    const [picture] = await Promise.race([once(worker, 'message', { signal }), ended])
    return picture as RawPicture
  } finally {
    await worker.terminate()
  }
}
