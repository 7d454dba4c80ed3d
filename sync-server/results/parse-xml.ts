/** An element of an XML document; names are without their prefix. */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
  line: number
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?\s*>|<(\/?)([^\s<>/]+)((?:"[^"]*"|'[^']*'|[^"'<>])*?)(\/?)>|([^<]+)/y
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const maxDepth = 100

/**
 * Reads elements, attributes and text of a well-formed XML document; throws a SyntaxError that names the line.
 * Entities that a document declares itself are not read: expanding them is how small files grow without bound.
 */
export function parseXml(text: string): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '', line: 1 }
  const open = [top]
  let line = 1
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const match = token.exec(text)
    if (!match) throw new SyntaxError(`line ${line}: this is no XML`)
    const [whole, cdata, closing, rawName, rest = '', selfClosing, chars] = match
    const current = open.at(-1)!
    if (cdata !== undefined) current.text += cdata
    else if (chars !== undefined) current.text += unescaped(chars)
    else if (rawName !== undefined) {
      const name = rawName.slice(rawName.indexOf(':') + 1)
      if (closing) {
        if (current.name !== name || open.length === 1) throw new SyntaxError(`line ${line}: </${name}> closes nothing`)
        open.pop()
      } else {
        const element = { name, attributes: attributesOf(rest), children: [], text: '', line }
        current.children.push(element)
        if (!selfClosing) open.push(element)
        if (open.length > maxDepth) throw new SyntaxError(`line ${line}: nested too deep`)
      }
    }
    line += whole.split('\n').length - 1
  }
  if (open.length > 1) throw new SyntaxError(`line ${line}: <${open.at(-1)!.name}> is not closed`)
  const [root] = top.children
  if (!root) throw new SyntaxError('line 1: this is no XML')
  return root
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name, double, single] of text.matchAll(attribute))
    attributes[name!.slice(name!.indexOf(':') + 1)] = unescaped(double ?? single ?? '')
  return attributes
}

const unescaped = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** The first child of that name. */
export const child = (element: XmlElement, name: string) => element.children.find((one) => one.name === name)
/** The trimmed text of the first child of that name; empty when there is none. */
export const childText = (element: XmlElement, name: string) => child(element, name)?.text.trim() ?? ''
/** All elements of that name at any depth, in the document's order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((one) => [...(one.name === name ? [one] : []), ...descendants(one, name)])
}
