import { dictionary } from './dictionary.ts'
import { participantEn } from './participant-en.ts'
import { participantJa } from './participant-ja.ts'

/** Words of the participant app. */
export const words = dictionary({ ja: participantJa, en: participantEn })
