const pieceLength = 64 * 1024

/** Texts as UTF-8, joined until a piece is worth sending. */
export function* textPieces(texts: Iterable<string>, encode = utf8): Generator<Uint8Array> {
  let piece = ''
  for (const text of texts) {
    piece += text
    if (piece.length < pieceLength) continue
    yield encode(piece)
    piece = ''
  }
  if (piece !== '') yield encode(piece)
}

const encoder = new TextEncoder()
const utf8 = (text: string): Uint8Array => encoder.encode(text)
