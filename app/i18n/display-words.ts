import { fetchedDictionary } from './dictionary.ts'

/** Words of the large screen. */
export const words = await fetchedDictionary({
  ja: async () => (await import('./display-ja.ts')).displayJa,
  en: async () => (await import('./display-en.ts')).displayEn,
})
