import { setupWords } from '../../i18n/setup-words.ts'
import { Button } from '../../ui/button.tsx'
import type { BadFields } from '../bad-fields.ts'

type Props = { dirty: boolean; bad: BadFields; onSave: () => void }

/** The end of a form: that something is unsaved or was refused, and the way to save it. */
export function FormEnd({ dirty, bad, onSave }: Props) {
  const t = setupWords.value
  return (
    <div class="form-end">
      <Button kind="main" disabled={!dirty} onClick={onSave}>
        {t.check}
      </Button>
      <span class="soft" role="status">
        {dirty ? (bad.length > 0 ? t.someBad : t.unsaved) : ''}
      </span>
    </div>
  )
}
