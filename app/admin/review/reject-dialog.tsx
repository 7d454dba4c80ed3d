import { useState } from 'preact/hooks'
import { words } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'

type Props = { onReject: (comment: string) => void; onClose: () => void }

/** Why a check-in is rejected: a digit picks a usual reason, anything else can be written. The team reads it. */
export function RejectDialog({ onReject, onClose }: Props) {
  const t = words.value.review
  const [other, setOther] = useState('')
  const pick = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLTextAreaElement) return
    const reason = t.rejectReasons[Number(event.key) - 1]
    if (reason === undefined) return
    event.preventDefault()
    onReject(reason)
  }
  return (
    <Dialog title={t.rejectTitle} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside */}
      <div class="stack" onKeyDown={pick}>
        <div class="reject-reasons">
          {t.rejectReasons.map((reason, index) => (
            <Button key={reason} wide hint={String(index + 1)} onClick={() => onReject(reason)}>
              <span class="grow">{reason}</span>
            </Button>
          ))}
        </div>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (other.trim() !== '') onReject(other.trim())
          }}
        >
          <Field label={t.rejectOther}>
            {(ids) => (
              <textarea {...ids} rows={2} maxLength={1000} onInput={(event) => setOther(event.currentTarget.value)}>
                {other}
              </textarea>
            )}
          </Field>
          <Button kind="refuse" wide type="submit" disabled={other.trim() === ''}>
            {t.rejectSend}
          </Button>
        </form>
        <Button kind="bare" wide onClick={onClose}>
          {words.value.cancel}
        </Button>
      </div>
    </Dialog>
  )
}
