import { effect, signal } from '@preact/signals'

export const languages = ['ja', 'en'] as const
export type Language = (typeof languages)[number]

const isLanguage = (value: string | null | undefined): value is Language => languages.some((one) => one === value)
const preferred = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage)
const kept = localStorage.getItem('zekken.language')

/** The language on screen: chosen here before, else the first of the browser's that the product speaks. */
export const language = signal<Language>(isLanguage(kept) ? kept : (preferred ?? 'ja'))

effect(() => {
  document.documentElement.lang = language.value
})

const dictionaries: ((chosen: Language) => Promise<unknown>)[] = []

/** Has a dictionary fetched before its language comes on screen. */
export const fetchBeforeSpeaking = (fetch: (chosen: Language) => Promise<unknown>): number => dictionaries.push(fetch)

/** Changes the language as soon as its words are there, and keeps the choice on the device. */
export async function speak(chosen: Language): Promise<void> {
  await Promise.all(dictionaries.map((fetch) => fetch(chosen)))
  localStorage.setItem('zekken.language', chosen)
  language.value = chosen
}
