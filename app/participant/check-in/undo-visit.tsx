import { useState } from 'preact/hooks'
import type { CardRow } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/check-in-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ReasonPicker } from '../../ui/reason-picker.tsx'
import { toast } from '../../ui/toast.tsx'
import { useOwnTeam } from '../own-team.ts'

type UndoVisitProps = { row: CardRow; name: string; onClose: () => void }

/** Takes back what this team recorded by itself; the record stays in the log, with the reason. */
export function UndoVisit({ row, name, onClose }: UndoVisitProps) {
  const { store, number } = useOwnTeam()
  const t = words.value.undo
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const undo = async () => {
    if (reason.trim() === '') return setProblem(t.needReason)
    await store.outbox.append({ type: 'void', team: number.value ?? '', fact: row.checkin, reason: reason.trim() })
    toast(t.done)
    onClose()
  }
  return (
    <Dialog title={t.title} onClose={onClose}>
      <p>{name}</p>
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
