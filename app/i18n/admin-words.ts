import { adminEn } from './admin-en.ts'
import { adminJa } from './admin-ja.ts'
import { dictionary } from './dictionary.ts'

/** Words of the console. */
export const words = dictionary({ ja: adminJa, en: adminEn })
