/** What is used here of https://github.com/catdad-experiments/libheif-js. */
declare module 'libheif-js/wasm-bundle.js' {
  type Pixels = { data: Uint8ClampedArray; width: number; height: number }
  class HeifImage {
    is_primary(): boolean
    get_width(): number
    get_height(): number
    /** Fills `pixels.data` with RGBA, upright; null when the picture cannot be decoded. */
    display(pixels: Pixels, then: (pixels: Pixels | null) => void): void
  }
  class HeifDecoder {
    decode(bytes: Uint8Array): HeifImage[]
  }
  const libheif: { HeifDecoder: typeof HeifDecoder }
  export default libheif
}
