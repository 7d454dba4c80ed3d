import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { usePhone } from './phone.ts'

/** End of a shift; says what stays behind. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { session, status } = usePhone().store
  const t = words.value.sync
  const unsent = status.unsent.value
  return (
    <Dialog title={t.leaveTitle} onClose={onClose}>
      {unsent ? <p class="notice warn">{t.leaveUnsent(unsent)}</p> : null}
      <p class="soft">{t.leaveText}</p>
      <div class="pair">
        <Button wide onClick={onClose}>
          {words.value.cancel}
        </Button>
        <Button kind="refuse" wide onClick={() => void session.leave()}>
          {t.leaveNow}
        </Button>
      </div>
    </Dialog>
  )
}
