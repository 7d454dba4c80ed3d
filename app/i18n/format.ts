import { language } from './language.ts'

const cached = new Map<string, Intl.DateTimeFormat>()
function clock(timeZone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language.value} ${timeZone} ${Object.keys(options).join()}`
  const known = cached.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(language.value, {
    ...options,
    hourCycle: 'h23',
    ...(timeZone ? { timeZone } : {}),
  })
  cached.set(key, made)
  return made
}

/** 14:21 in the event's time zone, or the device's. */
export const timeOf = (at: number, timeZone?: string) =>
  clock(timeZone, { hour: '2-digit', minute: '2-digit' }).format(at)

/** 14:21:08, where seconds decide something. */
export const timeWithSeconds = (at: number, timeZone?: string) =>
  clock(timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)

/** The day and the minute, for what is not from today. */
export const dayAndTime = (at: number, timeZone?: string) =>
  clock(timeZone, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at)

/** 2 minutes ago, in 3 hours: the largest unit that is not zero. */
export function fromNow(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000)
  const relative = new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' })
  if (Math.abs(seconds) < 60) return relative.format(Math.trunc(seconds), 'second')
  if (Math.abs(seconds) < 3600) return relative.format(Math.trunc(seconds / 60), 'minute')
  if (Math.abs(seconds) < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour')
  return relative.format(Math.trunc(seconds / 86_400), 'day')
}

/** 1:08:40, or 8:40 under an hour; a minus sign when it is over. */
export function duration(ms: number): string {
  const whole = Math.trunc(Math.abs(ms) / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return `${ms < 0 ? '−' : ''}${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds)}`
}

/** 1,234 with the grouping of the language and, below zero, a minus as wide as a digit. */
export const count = (value: number) => value.toLocaleString(language.value).replace('-', '−')

/** +34 or −10: a change always carries its sign. */
export const signed = (value: number) => `${value < 0 ? '−' : '+'}${count(Math.abs(value))}`

/** 1.2 MB, 10.7 GB. */
export function byteSize(bytes: number): string {
  const [size, unit] = bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${size.toLocaleString(language.value, { maximumFractionDigits: 1 })} ${unit}`
}
