import { eventCodeForm } from '../../../design-docs/ids.ts'
import type { Words } from '../../../design-docs/primitives.ts'
import type { FirstEvent } from '../../../design-docs/set-up.ts'
import { fromWallClock } from '../../ui/zoned-time.ts'

/** The form as typed; the start is a time on the wall, so that it stays when the time zone changes. */
export type FirstEventForm = {
  code: string
  name: Words
  timeZone: string
  startsAt: string
  className: Words
  limitMinutes: number | undefined
  adminName: string
}
export type FirstEventField = keyof FirstEvent

/** An empty form: the browser's time zone, nine o'clock in two weeks. */
export function emptyForm(className: Words, now: Date): FirstEventForm {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 14)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    code: '',
    name: { ja: '', en: '' },
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    startsAt: `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T09:00`,
    className,
    limitMinutes: 180,
    adminName: '',
  }
}

/** What is to be sent, or the fields that are not right. */
export function readForm(form: FirstEventForm): { event: FirstEvent } | { bad: readonly FirstEventField[] } {
  const startsAt = fromWallClock(form.startsAt, form.timeZone)
  const limitMinutes = form.limitMinutes ?? 0
  const bad: FirstEventField[] = []
  if (!eventCodeForm.test(form.code) || form.code === 'demo') bad.push('code')
  if (!saysSomething(form.name)) bad.push('name')
  if (startsAt === null || startsAt < 0) bad.push('startsAt')
  if (!saysSomething(form.className)) bad.push('className')
  if (!Number.isInteger(limitMinutes) || limitMinutes < 1 || limitMinutes > 10_080) bad.push('limitMinutes')
  if (form.adminName.trim() === '') bad.push('adminName')
  if (bad.length > 0 || startsAt === null) return { bad }
  return { event: { ...form, startsAt, limitMinutes, adminName: form.adminName.trim() } }
}

const saysSomething = ({ ja, en }: Words) => `${ja}${en}`.trim() !== ''

/** Every time zone that this browser can show, its own first in case the list lacks it. */
export function timeZones(): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
}
