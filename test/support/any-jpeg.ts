import { randomBytes } from 'node:crypto'

/** One grey pixel. */
const pixel = Buffer.from(
  '/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wAARCAABAAEDASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AAA//2Q==',
  'base64',
)

/** A JPEG of so many bytes that is like no other: a pixel, and chance behind its end, as phones put films there. */
export const anyJpeg = (bytes: number): Buffer =>
  Buffer.concat([pixel, randomBytes(Math.max(0, bytes - pixel.length))]).subarray(0, bytes)
