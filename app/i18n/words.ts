import { fetchedDictionary } from './dictionary.ts'

/** Words of the shared parts and of the staff app. */
export const words = await fetchedDictionary({
  ja: async () => (await import('./ja.ts')).ja,
  en: async () => (await import('./en.ts')).en,
})
