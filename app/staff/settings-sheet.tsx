import { type Language, language, languages, speak } from '../i18n/language.ts'
import { words } from '../i18n/words.ts'
import { Field } from '../ui/field.tsx'
import { type Theme, theme, themes } from '../ui/theme.ts'

const names: Record<Language, string> = { ja: '日本語', en: 'English' }

/** Language and brightness; both are the device's own. */
export function SettingsSheet() {
  const t = words.value
  return (
    <section class="sheet pair" aria-label={t.sync.settings}>
      <Field label={t.languageTitle}>
        {(ids) => (
          <select {...ids} value={language.value} onChange={(event) => speak(event.currentTarget.value as Language)}>
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
