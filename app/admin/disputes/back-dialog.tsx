import { words as common } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './dispute-words.ts'

/** A team that came back without a goal gave up: both are recorded together, or neither. */
export function BackDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const t = words.value.out
  const { decisions } = useDesk()
  const record = () => {
    decisions.decide({ kind: 'retire', team, reason: t.retireReason })
    decisions.decide({ kind: 'back', team })
    toast(t.back)
    onClose()
  }
  return (
    <Dialog title={t.backTitle} onClose={onClose}>
      <p>{t.backText}</p>
      <Button kind="main" onClick={record}>
        {t.isBack}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {common.value.cancel}
      </Button>
    </Dialog>
  )
}
