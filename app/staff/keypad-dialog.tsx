import { useState } from 'preact/hooks'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { usePhone } from './phone.ts'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
const longest = 12

/** A number by large keys, with the team's name as soon as it is known; letters by the phone's own keyboard. */
export function KeypadDialog({ onNumber, onClose }: { onNumber: (number: string) => void; onClose: () => void }) {
  const { card } = usePhone()
  const [typed, setTyped] = useState('')
  const t = words.value.keypad
  const number = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, longest)
  const team = number ? card(number) : undefined
  const add = (key: string) => setTyped((number + key).slice(0, longest))
  return (
    <Dialog title={t.title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (number) onNumber(number)
        }}
      >
        <input
          class="keypad-number digits"
          aria-label={t.label}
          value={number}
          inputMode="none"
          autocomplete="off"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <p class="keypad-team" role="status">
          {team ? team.name : number ? t.unknown(number) : ' '}
        </p>
        <div class="keypad">
          {keys.map((key) => (
            <Button key={key} onClick={() => add(key)}>
              {key}
            </Button>
          ))}
          <Button onClick={() => setTyped('')}>{t.clear}</Button>
          <Button onClick={() => add('0')}>0</Button>
          <Button aria-label={t.erase} onClick={() => setTyped(number.slice(0, -1))}>
            <Icon name="erase" />
          </Button>
        </div>
        <Button kind="main" type="submit" disabled={number === ''}>
          {t.go}
        </Button>
        <Button kind="bare" wide onClick={onClose}>
          {words.value.cancel}
        </Button>
      </form>
    </Dialog>
  )
}
