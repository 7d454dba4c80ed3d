import type { EventClass } from '../../../design-docs/plan.ts'
import { words } from '../../i18n/entry-words.ts'
import { dayAndTime } from '../../i18n/format.ts'

/** Start, limit and conditions of a class on one line. */
export function aboutClass({ startsAt, limitMinutes, fits = {} }: EventClass, timeZone: string): string {
  const t = words.value
  const { minMembers, maxMembers, minAge, maxAge, gender } = fits
  const range = (min: number | undefined, max: number | undefined, unit: string) =>
    min === undefined && max === undefined ? '' : t.range(min, max, unit)
  return [
    t.classStart(dayAndTime(startsAt, timeZone)),
    t.classLimit(Math.floor(limitMinutes / 60), limitMinutes % 60),
    range(minMembers, maxMembers, t.peopleUnit),
    range(minAge, maxAge, t.ageUnit),
    gender ? t.genderConditions[gender] : '',
  ]
    .filter(Boolean)
    .join(t.listSeparator)
}
