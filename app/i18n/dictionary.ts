import { computed, type ReadonlySignal } from '@preact/signals'
import type { Words } from '../../design-docs/primitives.ts'
import { type Language, language } from './language.ts'

/** The dictionary of the language on screen; a component that reads `.value` is drawn again when it changes. */
export const dictionary = <D>(byLanguage: Record<Language, D>): ReadonlySignal<D> =>
  computed(() => byLanguage[language.value])

/** A document's own text in the language on screen, in the other one where it was left empty. */
export const said = (words: Words): string => words[language.value] || words.ja || words.en
