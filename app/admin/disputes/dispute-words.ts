import { dictionary } from '../../i18n/dictionary.ts'
import { disputeEn } from './dispute-en.ts'
import { disputeJa } from './dispute-ja.ts'

/** Words of decisions and disputes, which come with those screens. */
export const words = dictionary({ ja: disputeJa, en: disputeEn })
