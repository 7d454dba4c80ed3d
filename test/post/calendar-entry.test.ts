import { expect, test } from 'vitest'
import { calendarEntry } from '../../sync-server/post/calendar-entry.ts'
import { asHtml, asText, type MailBlock } from '../../sync-server/post/mail-blocks.ts'

const entry = (title: string) =>
  calendarEntry({
    uid: 'u@x',
    title,
    startsAt: Date.UTC(2026, 10, 22, 0, 30),
    endsAt: Date.UTC(2026, 10, 22, 6),
    url: 'https://x/',
    stampedAt: 0,
  })

test('[PO7] a calendar entry has times in UTC and lines that end as RFC 5545 wants them', () => {
  const text = entry('大会')
  expect(text).toContain('DTSTART:20261122T003000Z\r\n')
  expect(text).toContain('DTEND:20261122T060000Z\r\n')
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('[PO7] a long title is folded between characters, at 75 octets, and comes back whole', () => {
  const title = '金華山ロゲイニング；髙﨑, a;b\\c\nEND:VEVENT '.repeat(5)
  const text = entry(title)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const unfolded = text.replaceAll('\r\n ', '')
  expect(unfolded.match(/END:VEVENT\r\n/g)).toHaveLength(1)
  const summary = /SUMMARY:(.*)\r\n/.exec(unfolded)?.[1] ?? ''
  expect(summary.replaceAll('\\n', '\n').replace(/\\([\\;,])/g, '$1')).toBe(title)
})

test('[PO8] text and HTML of a mail say the same, and nothing in a name becomes markup', () => {
  const evil = '<img src=x onerror=alert(1)> "&\' \u0007'
  const blocks: MailBlock[] = [
    { kind: 'text', text: evil },
    { kind: 'link', label: evil, url: 'https://x/?a=1&b="2"' },
    { kind: 'rows', title: evil, rows: [[evil, 'one\ntwo']] },
  ]
  const html = asHtml(blocks, { title: evil, language: 'ja' })
  expect(html).not.toContain('<img')
  expect(html).not.toContain('\u0007')
  expect(html).toContain('href="https://x/?a=1&#38;b=&#34;2&#34;"')
  expect(html).toContain('one<br>two')
  expect(asText(blocks)).toContain('https://x/?a=1&b="2"')
  expect(asText(blocks)).toContain('one\n    two')
})
