import { dictionary } from './dictionary.ts'
import { entryEn } from './entry-en.ts'
import { entryJa } from './entry-ja.ts'

/** Words of the entry form, which come only where the form does. */
export const words = dictionary({ ja: entryJa, en: entryEn })
