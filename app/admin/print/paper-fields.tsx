import { type PerPage, perPageChoices } from '../../../functions/rules/bib-sheet.ts'
import type { Language } from '../../i18n/language.ts'
import { Field } from '../../ui/field.tsx'
import { printWords } from './print-words.ts'

/** How many bibs on one sheet of A4. */
export function PerPageField({ value, onChange }: { value: PerPage; onChange: (value: PerPage) => void }) {
  const t = printWords.value
  return (
    <Field label={t.perPage}>
      {(ids) => (
        <select
          {...ids}
          value={String(value)}
          onChange={({ currentTarget }) => onChange(Number(currentTarget.value) as PerPage)}
        >
          {perPageChoices.map((choice) => (
            <option key={choice} value={String(choice)}>
              {t.perPageOf[`${choice}`]}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** The language on paper, which need not be that on screen. */
export function LanguageField({ value, onChange }: { value: Language; onChange: (value: Language) => void }) {
  const t = printWords.value
  return (
    <Field label={t.language}>
      {(ids) => (
        <select {...ids} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as Language)}>
          <option value="ja">{t.languages.ja}</option>
          <option value="en">{t.languages.en}</option>
        </select>
      )}
    </Field>
  )
}
