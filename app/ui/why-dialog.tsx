import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ReasonPicker } from './reason-picker.tsx'

type WhyDialogProps = {
  title: string
  words: {
    reason: string
    reasons: readonly string[]
    other: string
    needReason: string
    cancel: string
    confirm: string
  }
  /** Does it, with a reason that is not empty; asked once, however often the button is pressed. */
  onReason(reason: string): Promise<void>
  onClose: () => void
  /** What it means, above the reasons. */
  children: ComponentChildren
}

/** A step that wants a reason; nothing is done without one. */
export function WhyDialog({ title, words: t, onReason, onClose, children }: WhyDialogProps) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    if (reason.trim() === '') return setProblem(t.needReason)
    setBusy(true)
    await onReason(reason.trim()).finally(() => setBusy(false))
  }
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <ReasonPicker
        label={t.reason}
        reasons={t.reasons}
        other={t.other}
        value={reason}
        onChange={setReason}
        problem={problem}
      />
      <div class="pair">
        <Button wide onClick={onClose}>
          {t.cancel}
        </Button>
        <Button kind="refuse" wide disabled={busy} onClick={() => void confirm()}>
          {t.confirm}
        </Button>
      </div>
    </Dialog>
  )
}
