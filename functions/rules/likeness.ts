export const likenessSize = { width: 9, height: 8 } as const

/** Below this range of grey a picture has no shape to be known again by. */
const leastRange = 16

/**
 * 64 bits by which a picture is known again when it was made smaller or compressed: whether each of 9×8 dots of grey is
 * darker than the one to its right (N. Krawetz, "Kind of Like That", 2013). Null for a picture that is all one grey.
 */
export function likenessOf(dots: Uint8Array): string | null {
  if (Math.max(...dots) - Math.min(...dots) < leastRange) return null
  let bits = 0n
  for (let row = 0; row < likenessSize.height; row++)
    for (let column = 0; column < likenessSize.width - 1; column++) {
      const at = row * likenessSize.width + column
      bits = (bits << 1n) | ((dots[at] ?? 0) < (dots[at + 1] ?? 0) ? 1n : 0n)
    }
  return bits.toString(16).padStart(16, '0')
}
