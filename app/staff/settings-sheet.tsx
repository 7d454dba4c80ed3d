import { words } from '../i18n/words.ts'
import { SettingsSheet as Settings } from '../ui/settings-sheet.tsx'

export function SettingsSheet() {
  const { sync, languageTitle, theme } = words.value
  return <Settings words={{ title: sync.settings, language: languageTitle, theme }} />
}
