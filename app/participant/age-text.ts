import { fromNow } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'

/** How long ago, to the minute: seconds that run along decide nothing. */
export const ageText = (at: number, now: number) => (now - at < 60_000 ? words.value.justNow : fromNow(at, now))
