type Occasion = { uid: string; title: string; startsAt: number; endsAt: number; url: string; stampedAt: number }

/** One event for a calendar, RFC 5545: times in UTC, lines of at most 75 octets, folded between characters. */
export function calendarEntry({ uid, title, startsAt, endsAt, url, stampedAt }: Occasion): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//zekken//entry//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utc(stampedAt)}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `SUMMARY:${escaped(title)}`,
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

const utc = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

const escaped = (text: string) =>
  text
    .replace(/[\\;,]/g, (char) => `\\${char}`)
    .replace(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
    .replace(/\p{Cc}/gu, '')

function folded(line: string): string {
  const rows = ['']
  for (const char of line) {
    const row = rows.at(-1) ?? ''
    // Every row but the first begins with the space that marks it.
    if (Buffer.byteLength(row + char) > (rows.length === 1 ? 75 : 74)) rows.push(char)
    else rows[rows.length - 1] = row + char
  }
  return rows.join('\r\n ')
}
