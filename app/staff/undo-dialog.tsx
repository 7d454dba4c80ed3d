import type { Fact } from '../../design-docs/facts.ts'
import { words } from '../i18n/words.ts'
import { toast } from '../ui/toast.tsx'
import { WhyDialog } from '../ui/why-dialog.tsx'
import { usePhone } from './phone.ts'

type UndoDialogProps = { fact: Pick<Fact, '_id' | 'team'>; onClose: () => void; onDone?: () => void }

/** Takes a record back by a further record, with a reason. */
export function UndoDialog({ fact, onClose, onDone }: UndoDialogProps) {
  const { outbox } = usePhone().store
  const t = words.value.undo
  const undo = async (reason: string) => {
    await outbox.append({ type: 'void', fact: fact._id, reason, ...(fact.team ? { team: fact.team } : {}) })
    toast(t.done)
    onClose()
    onDone?.()
  }
  const texts = { ...t, cancel: words.value.cancel }
  return (
    <WhyDialog title={t.title} words={texts} onReason={undo} onClose={onClose}>
      <p class="soft">{t.text}</p>
    </WhyDialog>
  )
}
