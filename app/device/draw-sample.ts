import { encode } from 'uqr'

export const sampleText = 'ZK1:SAMPLE'

/** A picture of a QR code that holds `sampleText`. */
export function drawSample(): ImageData {
  const { data, size } = encode(sampleText, { border: 4 })
  const scale = 8
  const image = new ImageData(size * scale, size * scale)
  for (let i = 0; i < image.width * image.height; i++) {
    const dark = data[Math.floor(i / image.width / scale)]?.[Math.floor((i % image.width) / scale)]
    image.data.fill(dark ? 0 : 255, i * 4, i * 4 + 3)
    image.data[i * 4 + 3] = 255
  }
  return image
}
