import { words } from '../i18n/admin-words.ts'
import { language, languages, speak } from '../i18n/language.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { theme, themes } from '../ui/theme.ts'
import { toast } from '../ui/toast.tsx'
import { useDesk } from './desk/context.ts'

const languageNames = { ja: '日本語', en: 'English' }

/** Language, brightness, and the way out. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const t = words.value
  const { desk, decisions } = useDesk()
  const leave = () => {
    if (decisions.waiting.value.length > 0) toast(t.signIn.leaveWithUnsent)
    else void desk.session.leave()
  }
  return (
    <Dialog title={t.settings.title} onClose={onClose}>
      <Choices
        label={t.settings.language}
        choices={languages.map((one) => ({ value: one, text: languageNames[one] }))}
        chosen={language.value}
        onChoose={speak}
      />
      <Choices
        label={t.settings.theme}
        choices={themes.map((one) => ({ value: one, text: t.settings[one] }))}
        chosen={theme.value}
        onChoose={(one) => {
          theme.value = one
        }}
      />
      <Button wide onClick={leave}>
        {t.signIn.leave}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {t.close}
      </Button>
    </Dialog>
  )
}

type ChoicesProps<T extends string> = {
  label: string
  choices: readonly { value: T; text: string }[]
  chosen: T
  onChoose: (value: T) => void
}

/** A few choices side by side, one of them held. */
export function Choices<T extends string>({ label, choices, chosen, onChoose }: ChoicesProps<T>) {
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      {choices.map(({ value, text }) => (
        <button
          key={value}
          type="button"
          class="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  )
}
