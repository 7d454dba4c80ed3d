import { isKatakana, isPrintable, tidyKana } from './entry-names.ts'
import type { Note } from './entry-problems.ts'

/** https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address, with a dot in the domain. */
const mailForm =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$/
const phoneForm = /^\+?[0-9][0-9 ()-]{4,28}[0-9]$/
const longestMail = 254

type TextOptions = { required: boolean; max: number; note: Note }

export function checkText(text: string, field: string, { required, max, note }: TextOptions): string {
  if (text === '' && required) note(field, 'missing')
  else if (text.length > max) note(field, 'too-long')
  else if (!isPrintable(text)) note(field, 'unprintable')
  return text
}

export function checkKana(written: string | undefined, field: string, options: TextOptions): string {
  const kana = checkText(tidyKana(written ?? ''), field, options)
  if (kana !== '' && !isKatakana(kana)) options.note(field, 'katakana')
  return kana
}

/** A number as it is kept: half-width, with ordinary hyphens whatever the keyboard offered. */
export const tidyPhone = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\u30fc]/g, '-')
    .trim()

export function checkPhone(written: string | undefined, required: boolean, note: Note): string {
  const phone = tidyPhone(written ?? '')
  if (phone === '') {
    if (required) note('phone', 'missing')
  } else if (!phoneForm.test(phone)) note('phone', 'phone')
  return phone
}

export const isPhone = (text: string) => phoneForm.test(text.normalize('NFKC'))

export function checkMail(written: string, note: Note): string {
  const mail = written.trim()
  if (mail === '') note('mail', 'missing')
  else if (mail.length > longestMail || !mailForm.test(mail)) note('mail', 'mail')
  return mail
}
