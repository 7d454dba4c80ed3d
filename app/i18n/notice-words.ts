import { dictionary } from './dictionary.ts'
import { noticeEn } from './notice-en.ts'
import { noticeJa } from './notice-ja.ts'

/** Words of the notices, which come with their screens. */
export const words = dictionary({ ja: noticeJa, en: noticeEn })
