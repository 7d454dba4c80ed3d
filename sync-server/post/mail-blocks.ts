import type { TextPart } from './linked-text.ts'

/** What a mail is made of; each block is told in text and in HTML, so that the two say the same. */
export type MailBlock =
  | { kind: 'text'; text: string }
  /** A paragraph that an organizer wrote, whose addresses can be followed. */
  | { kind: 'prose'; parts: readonly TextPart[] }
  /** What must be found at a glance. */
  | { kind: 'large'; label: string; text: string }
  | { kind: 'picture'; cid: string; alt: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'rows'; title: string; rows: readonly [name: string, value: string][] }

export const asText = (blocks: readonly MailBlock[]) => `${blocks.map(blockText).filter(Boolean).join('\n\n')}\n`

function blockText(block: MailBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'prose':
      return block.parts.map(({ text }) => text).join('')
    case 'large':
      return `${block.label}: ${block.text}`
    case 'picture':
      return ''
    case 'link':
      return `${block.label}\n${block.url}`
    case 'rows':
      return [`■ ${block.title}`, ...block.rows.map(([name, value]) => `${name}: ${indented(value)}`)].join('\n')
  }
}

const indented = (value: string) => value.replaceAll('\n', '\n    ')

/** Without styles from elsewhere and without scripts: mail programs show neither. */
export function asHtml(blocks: readonly MailBlock[], { title, language }: { title: string; language: string }): string {
  const body = blocks.map(blockHtml).join('\n')
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px 16px;font:16px/1.6 sans-serif;color:#1b1b1b;background:#fff">
<div style="max-width:36em;margin:0 auto">
${body}
</div>
</body>
</html>
`
}

function blockHtml(block: MailBlock): string {
  switch (block.kind) {
    case 'text':
      return `<p>${lines(block.text)}</p>`
    case 'prose':
      return `<p>${block.parts.map(partHtml).join('')}</p>`
    case 'large':
      return `<p style="margin:16px 0;padding:12px 16px;border:2px solid #1b1b1b;border-radius:8px">${escaped(block.label)}<br><b style="font-size:32px">${escaped(block.text)}</b></p>`
    case 'picture':
      return `<p><img src="cid:${escaped(block.cid)}" alt="${escaped(block.alt)}" width="240" height="240" style="image-rendering:pixelated"></p>`
    case 'link':
      return `<p>${anchor(block.url, block.label)}</p>`
    case 'rows': {
      const rows = block.rows.map(
        ([name, value]) =>
          `<tr><th style="padding:4px 12px 4px 0;text-align:left;vertical-align:top">${escaped(name)}</th><td style="padding:4px 0">${lines(value)}</td></tr>`,
      )
      return `<h2 style="font-size:18px">${escaped(block.title)}</h2>\n<table style="border-collapse:collapse">\n${rows.join('\n')}\n</table>`
    }
  }
}

const partHtml = ({ text, url }: TextPart) => (url === undefined ? lines(text) : anchor(url, text))

const anchor = (url: string, label: string) =>
  `<a href="${escaped(url)}" style="color:#0b57a4;overflow-wrap:anywhere">${escaped(label)}</a>`

const lines = (text: string) => escaped(text).replaceAll('\n', '<br>')

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`).replace(/(?!\n)\p{Cc}/gu, '')
