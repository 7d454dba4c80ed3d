/** Characters that XML 1.0 has no way to write, halves of pairs too. https://www.w3.org/TR/xml/#charsets */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text as XML and HTML show it unchanged, in an element or in an attribute. */
export const xmlText = (text: string | number) =>
  String(text)
    .replace(unwritable, '\uFFFD')
    .replace(/[&<>"']/g, (char) => named[char]!)
    .replace(/\r/g, '&#13;')

type Attributes = Record<string, string | number | undefined>

/** An element whose content is markup already. */
export function xmlElement(name: string, attributes: Attributes, content = ''): string {
  const said = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${xmlText(value).replace(/[\t\n]/g, (char) => `&#${char.charCodeAt(0)};`)}"`,
  )
  return content === '' ? `<${name}${said.join('')}/>` : `<${name}${said.join('')}>${content}</${name}>`
}

/** An element of text; nothing where there is none. */
export const xmlLeaf = (name: string, text: string | number | null | undefined) =>
  text === null || text === undefined || text === '' ? '' : `<${name}>${xmlText(text)}</${name}>`
