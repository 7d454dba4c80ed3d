import { language } from '../../i18n/language.ts'

/** Year, day, weekday and minute: entries are made months ahead. */
export const longTime = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat(language.value, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at)
