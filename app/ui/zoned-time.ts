/** What a clock on the wall shows at an instant, as `2026-05-03T09:30`, for an input of type datetime-local. */
export function toWallClock(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The instant at which that clock shows this; null when the text is no time. In a repeated hour the earlier one. */
export function fromWallClock(text: string, timeZone: string): number | null {
  // Date.parse makes a day of nearly any text, of the emptied field's too.
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null
  const guess = Date.parse(`${text}:00Z`)
  if (Number.isNaN(guess)) return null
  const offsets = [guess - 86_400_000, guess + 86_400_000].map(
    (at) => Date.parse(`${toWallClock(at, timeZone)}:00Z`) - Math.floor(at / 60_000) * 60_000,
  )
  const candidates = offsets.map((offset) => guess - offset).filter((at) => toWallClock(at, timeZone) === text)
  return candidates.length > 0 ? Math.min(...candidates) : guess - (offsets[0] ?? 0)
}
