import { computed, type ReadonlySignal } from '@preact/signals'
import type { Words } from '../../design-docs/primitives.ts'
import { fetchBeforeSpeaking, type Language, language } from './language.ts'

/** The dictionary of the language on screen; a component that reads `.value` is drawn again when it changes. */
export const dictionary = <D>(byLanguage: Record<Language, D>): ReadonlySignal<D> =>
  computed(() => byLanguage[language.value])

/** The same for what every start waits for: the language on screen comes alone, another one when it is chosen. */
export async function fetchedDictionary<D>(fetch: Record<Language, () => Promise<D>>): Promise<ReadonlySignal<D>> {
  const there = new Map<Language, D>()
  const bring = async (chosen: Language) => there.has(chosen) || there.set(chosen, await fetch[chosen]())
  fetchBeforeSpeaking(bring)
  await bring(language.value)
  return computed(() => there.get(language.value) as D)
}

/** A document's own text in the language on screen, in the other one where it was left empty. */
export const said = (words: Words): string => words[language.value] || words.ja || words.en
