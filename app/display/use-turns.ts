import { useEffect, useState } from 'preact/hooks'
import { type Language, language, speak } from '../i18n/language.ts'
import { keptSignal } from '../ui/kept-signal.ts'

/** How long a sheet stays: eight rows are read twice. */
const sheetMs = 12_000

export const languageWishes = ['ja', 'en', 'both'] as const
export type LanguageWish = (typeof languageWishes)[number]
/** One language, or both in turn, a round of all sheets each; kept on the device. */
export const languageWish = keptSignal<LanguageWish>('zekken.display.language', 'both', (value) =>
  languageWishes.find((one) => one === value),
)

/** Turns the sheets by themselves, and the language with each round; a person can stop and turn them. */
export function useTurns(count: number) {
  const [index, setIndex] = useState(0)
  const [paused, setPaused] = useState(false)
  const shown = count === 0 ? 0 : index % count
  const turn = (by: number) => {
    const next = shown + by
    if (next >= count && languageWish.value === 'both') void speak(other(language.value))
    setIndex(count === 0 ? 0 : (next + count) % count)
  }
  useEffect(() => {
    if (paused) return
    const timer = setTimeout(() => turn(1), sheetMs)
    return () => clearTimeout(timer)
  }, [shown, count, paused, language.value])
  useEffect(() => {
    if (languageWish.value !== 'both') void speak(languageWish.value)
  }, [languageWish.value])
  return { shown, paused, turn, pause: () => setPaused(!paused) }
}

const other = (spoken: Language): Language => (spoken === 'ja' ? 'en' : 'ja')
