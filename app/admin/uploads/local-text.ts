/** What a clock in the zone shows, as `2026-05-03T09:30:15`, for an input of type datetime-local with seconds. */
export const localText = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at).replace(' ', 'T')
