/** A cell as it is meant: text, a number, a moment or a span of time; null is empty. */
export type SheetCell = string | number | null | { at: number } | { spanMs: number }

/** A table before it becomes a file; its rows are made while it is written, so that no size of event fills the memory. */
export type Sheet = {
  name: string
  columns: readonly { heading: string; width: number }[]
  rows: Iterable<readonly SheetCell[]>
}

const quarterMs = 15 * 60_000
type Zone = { clock: Intl.DateTimeFormat; offsets: Map<number, number> }
const zones = new Map<string, Zone>()

/**
 * 2026-05-03 10:00:00, as tables sort it, in the event's time zone. A zone is asked once for each quarter of an hour,
 * since clocks are changed at none but its beginning and asking takes longer than all the rest of a line.
 */
export function timeText(at: number, timeZone: string): string {
  const zone = zones.get(timeZone) ?? openZone(timeZone)
  const quarter = Math.floor(at / quarterMs) * quarterMs
  let offset = zone.offsets.get(quarter)
  if (offset === undefined) {
    // Swedish writes times as tables sort them.
    offset = Date.parse(`${zone.clock.format(quarter).replace(' ', 'T')}Z`) - quarter
    zone.offsets.set(quarter, offset)
  }
  return new Date(at + offset).toISOString().slice(0, 19).replace('T', ' ')
}

function openZone(timeZone: string): Zone {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const zone = { clock, offsets: new Map<number, number>() }
  zones.set(timeZone, zone)
  return zone
}

/** 3:03:00, with hours of any size. */
export function spanText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  return `${ms < 0 ? '-' : ''}${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
