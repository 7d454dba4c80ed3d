import { dictionary } from './dictionary.ts'
import { homeEn } from './home-en.ts'
import { homeJa } from './home-ja.ts'

export type HomeWords = typeof homeJa

/** Words of what a team does next, of being ready for no signal, and of its number on screen. */
export const words = dictionary({ ja: homeJa, en: homeEn })
