import { fetchedDictionary } from './dictionary.ts'

/** Words of the participant app. */
export const words = await fetchedDictionary({
  ja: async () => (await import('./participant-ja.ts')).participantJa,
  en: async () => (await import('./participant-en.ts')).participantEn,
})
