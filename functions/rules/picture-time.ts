/** When a camera's clock showed this; `offset` as EXIF has it, `+09:00`. */
type Told = { local?: string | undefined; offset?: string | undefined }

/**
 * The instant at which a camera's clock showed what EXIF says (`2026:05:03 09:30:15`): by the picture's own offset, else
 * as clocks in the zone did. Null when it is no time. An hour that a zone repeats is taken to be the first one, an hour
 * that it leaves out to be as late as it says. https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf
 */
export function pictureTime({ local, offset }: Told, timeZone: string): number | null {
  const wall = local === undefined ? null : wallTime(local)
  if (wall === null) return null
  const offsetMs = offset === undefined ? null : offsetIn(offset)
  return offsetMs === null ? inZone(wall, timeZone) : wall - offsetMs
}

/** As if the clock were in UTC. A camera that was never set says 0000 or its maker's first day. */
function wallTime(local: string): number | null {
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(local.trim())?.slice(1).map(Number)
  if (!parts) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  const read = new Date(wall)
  const isReal = year > 1989 && read.getUTCMonth() === month - 1 && read.getUTCDate() === day
  return isReal && hour < 24 && minute < 60 && second < 61 ? wall : null
}

function offsetIn(text: string): number | null {
  if (text.trim() === 'Z') return 0
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(text.trim()) ?? []
  const size = Number(hours) * 60 + Number(minutes)
  if (sign === undefined || size > 14 * 60) return null
  return (sign === '-' ? -size : size) * 60_000
}

const dayMs = 86_400_000

function inZone(wall: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  })
  const shown = (at: number) => Date.parse(`${clock.format(at).replace(', ', 'T')}Z`)
  const offsets = [wall - dayMs, wall + dayMs].map((at) => shown(at) - Math.floor(at / 1000) * 1000)
  const hits = offsets.map((offset) => wall - offset).filter((at) => shown(at) === wall)
  return hits.length > 0 ? Math.min(...hits) : wall - (offsets[0] ?? 0)
}
