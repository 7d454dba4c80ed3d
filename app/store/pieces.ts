/** Length of every piece but the last: on slow 3G some seconds each, so that a cut costs little. */
export const pieceBytes = 128 * 1024

export type Measure = { sha256: string; bytes: number; pieces: string[]; pieceBytes: number }

/** What a photo's fact says about its bytes, so that each piece can be checked at the server's door. */
export async function measure(original: Blob): Promise<Measure> {
  const pieces: string[] = []
  for (let n = 0; n * pieceBytes < original.size; n++) pieces.push(await sha256(await pieceOf(original, n)))
  return { sha256: await sha256(await original.arrayBuffer()), bytes: original.size, pieces, pieceBytes }
}

export const pieceOf = (original: Blob, n: number): Promise<ArrayBuffer> =>
  original.slice(n * pieceBytes, (n + 1) * pieceBytes).arrayBuffer()

/** Of these bytes, in hexadecimal. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
