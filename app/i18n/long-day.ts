import { language } from './language.ts'

/** A day with its year, for what lies months ahead. */
export const longDay = (at: number, timeZone?: string) =>
  new Intl.DateTimeFormat(language.value, { dateStyle: 'long', ...(timeZone ? { timeZone } : {}) }).format(at)
