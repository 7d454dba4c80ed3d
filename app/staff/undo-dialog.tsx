import { useState } from 'preact/hooks'
import type { Fact } from '../../design-docs/facts.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ReasonPicker } from '../ui/reason-picker.tsx'
import { toast } from '../ui/toast.tsx'
import { usePhone } from './phone.ts'

type UndoDialogProps = { fact: Pick<Fact, '_id' | 'team'>; onClose: () => void; onDone?: () => void }

/** Takes a record back by a further record, with a reason. */
export function UndoDialog({ fact, onClose, onDone }: UndoDialogProps) {
  const { outbox } = usePhone().store
  const t = words.value.undo
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const undo = async () => {
    if (reason.trim() === '') return setProblem(t.needReason)
    await outbox.append({
      type: 'void',
      fact: fact._id,
      reason: reason.trim(),
      ...(fact.team ? { team: fact.team } : {}),
    })
    toast(t.done)
    onClose()
    onDone?.()
  }
  return (
    <Dialog title={t.title} onClose={onClose}>
      <p class="soft">{t.text}</p>
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
          {words.value.cancel}
        </Button>
        <Button kind="refuse" wide onClick={() => void undo()}>
          {t.confirm}
        </Button>
      </div>
    </Dialog>
  )
}
