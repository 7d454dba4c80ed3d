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

/** Changes the language and keeps the choice on the device. */
export function speak(chosen: Language): void {
  localStorage.setItem('zekken.language', chosen)
  language.value = chosen
}
