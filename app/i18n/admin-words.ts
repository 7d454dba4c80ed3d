import { fetchedDictionary } from './dictionary.ts'

/** Words of the console. */
export const words = await fetchedDictionary({
  ja: async () => (await import('./admin-ja.ts')).adminJa,
  en: async () => (await import('./admin-en.ts')).adminEn,
})
