/** A piece of a text, and where it leads when it is an address. */
export type TextPart = { text: string; url?: string }

/**
 * Addresses end where their own characters do: Japanese goes on without a space. `{…}` may stand in one, to be filled in.
 * https://www.rfc-editor.org/rfc/rfc3986#section-2
 */
const address = /https?:\/\/(?:[\w\-.~:/?#[\]@!$&'()*+,;=%]|\{[a-z]+\})+/gi

/** The text in pieces, each address one of its own; together they are the text. */
export function linkedText(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const url = withoutEnd(found)
    if (index > from) parts.push({ text: text.slice(from, index) })
    parts.push({ text: url, url })
    from = index + url.length
  }
  if (from < text.length) parts.push({ text: text.slice(from) })
  return parts
}

/** What ends a sentence or a bracket around it is not of the address. */
function withoutEnd(found: string): string {
  let url = found
  for (;;) {
    const isOpen = (open: string, close: string) => url.split(open).length < url.split(close).length
    const last = url.at(-1) ?? ''
    const isBracket = (last === ')' && isOpen('(', ')')) || (last === ']' && isOpen('[', ']'))
    if (!isBracket && !/[.,;:!?'*]/.test(last)) return url
    url = url.slice(0, -1)
  }
}
