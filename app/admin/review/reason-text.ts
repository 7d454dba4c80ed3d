import type { ReviewItem } from '../../../design-docs/console.ts'
import type { Reason } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/admin-words.ts'
import { duration } from '../../i18n/format.ts'
import { language } from '../../i18n/language.ts'

/** A number as people read it: no more digits than it deserves. */
export const shortNumber = (value: number, digits = 1) =>
  value.toLocaleString(language.value, { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : digits })

/** Distances beyond a kilometre in kilometres. */
export const distanceText = (meters: number) =>
  meters >= 1000 ? `${shortNumber(meters / 1000)} km` : words.value.meters(shortNumber(meters))

/** A reason in a sentence, with the figures it rests on. */
export function reasonText(
  reason: Reason,
  { figures, distanceMeters }: Pick<ReviewItem, 'figures' | 'distanceMeters'>,
): string {
  const all: Record<string, number | undefined> = {
    ...figures,
    distanceMeters: distanceMeters ?? figures.distanceMeters,
    ...(figures.lateMs !== undefined && { lateMinutes: Math.round(figures.lateMs / 60_000) }),
  }
  const text = Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, value === undefined ? undefined : shortNumber(value)]),
  )
  return words.value.reasons[reason](text)
}

/** Figures of the clock: those a judge needs beside the reason, as name and value. */
export function clockFigures(figures: Record<string, number>): [name: string, value: string][] {
  return Object.entries(figures)
    .filter(([name]) => name.endsWith('Ms'))
    .map(([name, value]) => [words.value.figures[name] ?? name, duration(value)])
}
