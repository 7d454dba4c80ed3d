import { type Language, language, languages, speak } from '../i18n/language.ts'
import { Field } from './field.tsx'
import { type Theme, theme, themes } from './theme.ts'

const names: Record<Language, string> = { ja: '日本語', en: 'English' }

type SettingsWords = { title: string; language: string; theme: Record<Theme | 'title', string> }

/** A language whose words cannot be fetched is not taken. */
function choose(select: HTMLSelectElement): void {
  speak(select.value as Language).catch(() => {
    select.value = language.value
  })
}

/** Language and brightness; both are the device's own. */
export function SettingsSheet({ words: t }: { words: SettingsWords }) {
  return (
    <section class="sheet pair" aria-label={t.title}>
      <Field label={t.language}>
        {(ids) => (
          <select {...ids} value={language.value} onChange={(event) => choose(event.currentTarget)}>
            {languages.map((one) => (
              <option key={one} value={one} lang={one}>
                {names[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.theme.title}>
        {(ids) => (
          <select
            {...ids}
            value={theme.value}
            onChange={(event) => {
              theme.value = event.currentTarget.value as Theme
            }}
          >
            {themes.map((one) => (
              <option key={one} value={one}>
                {t.theme[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </section>
  )
}
