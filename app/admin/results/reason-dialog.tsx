import { useState } from 'preact/hooks'
import { words } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'

type Props = { title: string; text?: string; act: string; onReason: (reason: string) => void; onClose: () => void }

/** A question that wants a reason; nothing is done without one. */
export function ReasonDialog({ title, text, act, onReason, onClose }: Props) {
  const t = words.value
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  return (
    <Dialog title={title} onClose={onClose}>
      {text ? <p class="soft">{text}</p> : null}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() === '') setMissing(true)
          else onReason(reason.trim())
        }}
      >
        <Field label={t.oneTeam.reason} {...(missing ? { problem: t.oneTeam.reasonNeeded } : {})}>
          {(ids) => (
            <textarea {...ids} rows={2} maxLength={1000} onInput={(event) => setReason(event.currentTarget.value)} />
          )}
        </Field>
        <Button kind="refuse" wide type="submit">
          {act}
        </Button>
        <Button kind="bare" wide onClick={onClose}>
          {t.cancel}
        </Button>
      </form>
    </Dialog>
  )
}
