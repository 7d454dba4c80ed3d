import { create, type Font } from 'fontkit'

type Layout = ReturnType<Font['layout']>

const fonts = new WeakMap<Uint8Array, Font>()
/** Names of checkpoints and headings come again on every sheet; a sheet has some hundred texts. */
const mostTexts = 5000

/** A parsed font; the same bytes are parsed once in a process. What it has laid out it remembers for a while. */
export function openFont(bytes: Uint8Array): Font {
  const known = fonts.get(bytes)
  if (known) return known
  const font = create(Buffer.from(bytes)) as Font
  const layout = font.layout.bind(font)
  const laidOut = new Map<string, Layout>()
  font.layout = (text, features, ...rest) => {
    const before = features === undefined || typeof features === 'object' ? laidOut.get(text) : undefined
    if (before) return before
    const run = layout(text, features, ...rest)
    if (laidOut.size >= mostTexts) laidOut.clear()
    laidOut.set(text, run)
    return run
  }
  fonts.set(bytes, font)
  return font
}
