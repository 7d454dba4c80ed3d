/** A cell as it is meant: text, a number, a moment or a span of time; null is empty. */
export type SheetCell = string | number | null | { at: number } | { spanMs: number }

/** A table before it becomes a file; its rows are made while it is written, so that no size of event fills the memory. */
export type Sheet = {
  name: string
  columns: readonly { heading: string; width: number }[]
  rows: Iterable<readonly SheetCell[]>
}

/** Clocks are made once: making one takes longer than writing a hundred lines. */
const clocks = new Map<string, Intl.DateTimeFormat>()

/** 2026-05-03 10:00:00, as tables sort it and Swedish writes it, in the event's time zone. */
export function timeText(at: number, timeZone: string): string {
  const known = clocks.get(timeZone)
  const clock = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  if (!known) clocks.set(timeZone, clock)
  return clock.format(at)
}

/** 3:03:00, with hours of any size. */
export function spanText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  return `${ms < 0 ? '-' : ''}${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
