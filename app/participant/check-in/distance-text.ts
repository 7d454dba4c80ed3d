import { words } from '../../i18n/check-in-words.ts'
import { count } from '../../i18n/format.ts'

/** 35 m away, 1.2 km away; nobody reads a phone's position to the metre. */
export function distanceText(meters: number): string {
  const t = words.value
  if (meters < 10) return t.here
  if (meters < 1000) return t.away(`${count(Math.round(meters / 5) * 5)}\u00a0m`)
  return t.away(`${count(Math.round(meters / 100) / 10)}\u00a0km`)
}
