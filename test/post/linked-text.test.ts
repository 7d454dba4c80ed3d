import { expect, test } from 'vitest'
import { linkedText } from '../../sync-server/post/linked-text.ts'
import { mailingMail } from '../../sync-server/post/write-mailing.ts'

const shown = (text: string) => linkedText(text).map(({ text, url }) => (url === undefined ? text : `[${url}]`))

test.each([
  ['地図はhttps://run.example/mapをご覧ください。', ['地図は', '[https://run.example/map]', 'をご覧ください。']],
  ['See https://run.example/a_(b)?c=1&d=%20#e.', ['See ', '[https://run.example/a_(b)?c=1&d=%20#e]', '.']],
  ['(http://run.example/), then', ['(', '[http://run.example/]', '), then']],
  ['「https://run.example」\nhttps://b.example', ['「', '[https://run.example]', '」\n', '[https://b.example]']],
  ['javascript:alert(1) run.example mail@run.example', ['javascript:alert(1) run.example mail@run.example']],
  ['', []],
])('[PO48] in %j the addresses are found, and nothing is lost', (text, parts) => {
  expect(shown(text)).toEqual(parts)
  expect(
    linkedText(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text)
})

const about = { messageId: '<a@b>', from: { name: 'x', address: 'x@b' } }
const mailTo = (name: string, body: string) =>
  mailingMail({ subject: 's', body }, { number: '12', language: 'ja', entry: { name, mail: 'a@b' } }, about)

test.each(["O'Brien & <b>", 'https://evil.example/', '"><img src=x onerror=alert(1)>', '{number} 髙﨑'])(
  '[PO49] a team called %s stays text in a mail to everyone, and is nothing else in an address',
  (name) => {
    const { text, html } = mailTo(name, '{team}\n\nhttps://run.example/?team={team}&x="<i>')
    expect(text).toBe(`${name}\n\nhttps://run.example/?team=${encodeURIComponent(name)}&x="<i>\n`)
    const tags = html.match(/<(?!!|\/)[a-z0-9]+/g) ?? []
    expect(new Set(tags)).toEqual(new Set(['<html', '<head', '<meta', '<title', '<body', '<div', '<p', '<a']))
    expect(html.match(/href="[^"]*"/g)).toHaveLength(1)
    expect(html).toContain(
      `href="https://run.example/?team=${encodeURIComponent(name).replaceAll("'", '&#39;')}&#38;x="`,
    )
  },
)
