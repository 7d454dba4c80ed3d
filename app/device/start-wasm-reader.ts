import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { ReadCode } from './code-reader.ts'

/** Reads by WebAssembly, ready to read; rejects where that is off (iOS Lockdown) or its file is out of reach. */
export async function startWasmReader(): Promise<ReadCode> {
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true })
  return async (image) => {
    const found = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1 })
    return found.find((one) => one.isValid)?.text ?? null
  }
}
