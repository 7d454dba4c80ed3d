import { words } from '../i18n/participant-words.ts'
import { SettingsSheet } from '../ui/settings-sheet.tsx'

export function Settings() {
  const { status, languageTitle, theme } = words.value
  return <SettingsSheet words={{ title: status.settings, language: languageTitle, theme }} />
}
