import { words } from '../i18n/participant-words.ts'
import { type ScreenProps, Screen as UiScreen } from '../ui/screen.tsx'

export function Screen(props: Omit<ScreenProps, 'backLabel'>) {
  return <UiScreen {...props} backLabel={words.value.back} />
}
