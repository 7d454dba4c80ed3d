import { words } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'

/** The end of a form: that something is unsaved, and the way to save it. */
export function FormEnd({ dirty, onSave }: { dirty: boolean; onSave: () => void }) {
  const t = words.value.setup
  return (
    <div class="form-end">
      <Button kind="main" disabled={!dirty} onClick={onSave}>
        {t.check}
      </Button>
      <span class="soft" role="status">
        {dirty ? t.unsaved : ''}
      </span>
    </div>
  )
}
