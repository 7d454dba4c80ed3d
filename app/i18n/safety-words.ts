import { dictionary } from './dictionary.ts'
import { safetyEn } from './safety-en.ts'
import { safetyJa } from './safety-ja.ts'

/** Words of what a team needs when something goes wrong. */
export const words = dictionary({ ja: safetyJa, en: safetyEn })
