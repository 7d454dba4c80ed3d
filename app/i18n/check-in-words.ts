import { checkInEn } from './check-in-en.ts'
import { checkInJa } from './check-in-ja.ts'
import { dictionary } from './dictionary.ts'

/** Words of a participant's check-in, which come with its screens. */
export const words = dictionary({ ja: checkInJa, en: checkInEn })
