import type { CardRow } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/check-in-words.ts'
import { toast } from '../../ui/toast.tsx'
import { WhyDialog } from '../../ui/why-dialog.tsx'
import { useOwnTeam } from '../own-team.ts'

type UndoVisitProps = { row: CardRow; name: string; onClose: () => void }

/** Takes back what this team recorded by itself; the record stays in the log, with the reason. */
export function UndoVisit({ row, name, onClose }: UndoVisitProps) {
  const { store, number } = useOwnTeam()
  const t = words.value.undo
  const undo = async (reason: string) => {
    await store.outbox.append({ type: 'void', team: number.value ?? '', fact: row.checkin, reason })
    toast(t.done)
    onClose()
  }
  const texts = { ...t, cancel: words.value.cancel }
  return (
    <WhyDialog title={t.title} words={texts} onReason={undo} onClose={onClose}>
      <p>{name}</p>
      <p class="soft">{t.text}</p>
    </WhyDialog>
  )
}
