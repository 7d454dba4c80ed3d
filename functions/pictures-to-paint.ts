import type { ImageDoc } from '../design-docs/derived.ts'
import type { FunctionContext } from './define.ts'

/** The sizes of a picture that are painted; null until its original is here, and where nobody can decode it. */
export async function picturesOf(
  { sizes }: ImageDoc,
  ctx: FunctionContext,
): Promise<{ large: Uint8Array; small: Uint8Array } | null> {
  const [large, small] = await Promise.all(
    [sizes['1600'], sizes['480']].map((size) => (size ? ctx.stored(size.storageKey) : null)),
  )
  return large && small ? { large, small } : null
}
