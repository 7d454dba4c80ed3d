import { dictionary } from './dictionary.ts'
import { setupEn } from './setup-en.ts'
import { setupJa } from './setup-ja.ts'

/** Words of the console's set-up and imports; they come with those screens. */
export const setupWords = dictionary({ ja: setupJa, en: setupEn })
